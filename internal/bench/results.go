package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
)

// results are everything that was measured.
type results struct {
	cli                string
	programs           []program
	calls              []string // lines of a table
	protocol, commands []measured
}

// program is what a provider costs before it does anything.
type program struct {
	name  string
	bytes int64
	// start is the median time from the start to the answer with all schemas.
	start time.Duration
	peak  int64
}

// programs starts the providers in turns.
func (b *bench) programs(ctx context.Context, profiles []profile, r *results) error {
	times := make([][]time.Duration, len(profiles))
	peaks := make([]int64, len(profiles))
	say("starting the providers")
	for range b.size.starts {
		for i, of := range profiles {
			begun := time.Now()
			p, err := start(ctx, of.program)
			if err != nil {
				return fmt.Errorf("%s: %w", of.Name, err)
			}
			times[i] = append(times[i], time.Since(begun))
			used, err := usageOf(p.pid)
			p.stop()
			if err != nil {
				return err
			}
			peaks[i] = max(peaks[i], used.Peak)
		}
	}
	for i, of := range profiles {
		info, err := os.Stat(of.program)
		if err != nil {
			return err
		}
		slices.Sort(times[i])
		r.programs = append(r.programs, program{of.Name, info.Size(), times[i][len(times[i])/2], peaks[i]})
	}
	return nil
}

// calls runs the Go benchmarks of the provider.
func (b *bench) calls(ctx context.Context, _ []profile, r *results) error {
	say("running the Go benchmarks")
	out, err := exec.CommandContext(ctx, "go", "test", "-run=^$", "-bench=.", "-benchmem", "-benchtime="+b.size.calls, "./internal/provider").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go test: %w\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		if len(words) == 8 && strings.HasPrefix(words[0], "Benchmark") {
			name := strings.TrimPrefix(strings.TrimSuffix(words[0], fmt.Sprintf("-%d", runtime.GOMAXPROCS(0))), "Benchmark")
			r.calls = append(r.calls, fmt.Sprintf("| %s | %s | %s | %s |", name, words[2], words[4], words[6]))
		}
	}
	return nil
}

func (r *results) finish(ctx context.Context, terraform string) error {
	version, err := cli.New(os.TempDir(), terraform, os.Environ()).Version(ctx)
	r.cli = version.String()
	return err
}

// markdown is all of it for people.
func (r *results) markdown() string {
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	line("# What the provider costs\n")
	line("Written by `make bench`: %s, %d cores, %s. CPU and memory are those of the provider's processes alone; a command of", r.cli, runtime.NumCPU(), runtime.Version())
	line("Terraform starts up to four. The floor is a client that does nothing but send the same requests, %d at a time.\n", atOnce)
	line("![CPU and memory of a plan](results.svg)\n")
	line("## Programs\n\n| provider | MB | start to schemas, ms | peak, MiB |\n|---|---:|---:|---:|")
	for _, p := range r.programs {
		line("| %s | %.1f | %.0f | %.0f |", p.name, float64(p.bytes)/1e6, ms(p.start), mib(p.peak))
	}
	line("\n## Terraform's commands\n")
	table(line, r.commands)
	line("\n## The calls of a refresh and a plan, without Terraform\n")
	line("Resources of all projects and types are mixed.\n")
	table(line, r.protocol)
	line("\n## Single calls\n\n| call | ns | bytes | allocations |\n|---|---:|---:|---:|")
	for _, c := range r.calls {
		line("%s", c)
	}
	return out.String()
}

func table(line func(string, ...any), all []measured) {
	line("| resources | GitLab takes | what | provider | requests | connections | wall, s | floor, s | CPU, s | CPU a resource, ms | peak, MiB |")
	line("|---:|---:|---|---|---:|---:|---:|---:|---:|---:|---:|")
	all = slices.Clone(all)
	order := map[string]int{}
	for _, m := range all {
		if _, ok := order[m.what]; !ok {
			order[m.what] = len(order)
		}
	}
	slices.SortStableFunc(all, func(a, b measured) int {
		if a.latency != b.latency {
			return int(a.latency - b.latency)
		}
		if a.resources != b.resources {
			return a.resources - b.resources
		}
		return order[a.what] - order[b.what]
	})
	for _, m := range all {
		line("| %d | %s | %s | %s | %d | %d | %.2f | %.2f | %.2f | %.2f | %.0f |", m.resources, m.latency, m.what, m.provider,
			m.requests, m.connections, m.took.Seconds(), m.floor.Seconds(), m.CPU.Seconds(), ms(m.CPU)/float64(m.resources), mib(m.Peak))
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
