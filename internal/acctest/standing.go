package acctest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// standing has providers ready in a process of their own, without the race
// detector and with everything that a process makes once. The zero value is
// ready for use; the process begins with the first provider.
type standing struct {
	mu     sync.Mutex
	failed error
	cmd    *exec.Cmd
	lines  io.WriteCloser
	answer *bufio.Reader
}

// standingSource is the name under which its program is built.
const standingSource = "gitlabservices/standing"

// theStanding is that of the tests of this process.
var theStanding standing

// provider makes one more provider ready, and tells how the CLI finds it.
func (s *standing) provider() (running string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil && s.failed == nil {
		s.failed = s.start()
	}
	if s.failed != nil {
		return "", s.failed
	}
	if _, err := io.WriteString(s.lines, "\n"); err != nil {
		return "", err
	}
	running, err = s.answer.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("the standing provider: %w", err)
	}
	return strings.TrimSpace(running), nil
}

func (s *standing) start() error {
	if err := build(standingSource, module+"/internal/acctest/standingprovider"); err != nil {
		return err
	}
	cmd := exec.CommandContext(context.Background(), programs(standingSource)[standingSource])
	cmd.Stderr = os.Stderr
	// Its log, which comes to standard error at its loudest where no CLI sorts it.
	cmd.Env = append(os.Environ(), "TF_LOG_PROVIDER_GITLABSERVICES=off", "TF_LOG_SDK=off", "TF_LOG_SDK_PROTO=off", "TF_LOG_SDK_FRAMEWORK=off")
	lines, err1 := cmd.StdinPipe()
	answer, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		return err
	}
	s.cmd, s.lines, s.answer = cmd, lines, bufio.NewReader(answer)
	return nil
}

// stop ends the process, if there is one.
func (s *standing) stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil {
		return nil
	}
	return errors.Join(s.lines.Close(), s.cmd.Wait())
}
