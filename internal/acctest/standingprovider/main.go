// Command standingprovider has the provider under test stand ready for the
// commands of a CLI, which then start none: a process of the provider costs more
// than most commands. For each line of its input it makes a provider of its own
// and prints how the CLI finds that. It ends when its input does, and so with the
// tests, however they end.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

func main() {
	ctx, stop := context.WithCancel(context.Background())
	var ended []<-chan struct{}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		running, end, err := cli.Serve(ctx, provider.NewServer("test"))
		if err != nil {
			log.Fatal(err)
		}
		ended = append(ended, end)
		fmt.Println(running)
	}
	stop()
	for _, end := range ended {
		<-end
	}
}
