//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience only ends a test that hangs.
const patience = time.Minute

// TestTargetProcess is the process that TestTargetSignals starts.
func TestTargetProcess(t *testing.T) {
	if args := os.Getenv("FIXLAB_TARGET"); args != "" {
		os.Exit(Run(strings.Fields(args), firstView))
	}
}

// TestTargetSignals: SIGINT and SIGTERM end a target with status 0, though a
// client stays. What that client sent was nothing to write on the terminal, not even
// for net/http, which tells of the bytes that no cookie may have.
func TestTargetSignals(t *testing.T) {
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestTargetProcess$")
		cmd.Env = append(os.Environ(), "FIXLAB_TARGET=target flask-session-old -addr 127.0.0.1:0")
		var complaints bytes.Buffer
		cmd.Stderr = &complaints
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		var printed []string
		for lines.Scan() {
			printed = append(printed, lines.Text())
			if strings.HasPrefix(lines.Text(), "The last page is ") {
				break
			}
		}
		_, port, err := net.SplitHostPort(strings.TrimPrefix(printed[1], "http://"))
		if err != nil {
			t.Fatal(err, printed)
		}
		c, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: %s\r\nCookie: session=a\xffb\r\n\r\n", strings.TrimPrefix(printed[1], "http://"))
		if res, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%v, %v", res, err)
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			printed = append(printed, lines.Text())
		}
		if err := cmd.Wait(); err != nil || printed[len(printed)-1] != "target: stopped" || complaints.Len() > 0 {
			t.Errorf("%v: %v\n%s\n%s", s, err, strings.Join(printed, "\n"), complaints.String())
		}
	}
}

// TestTargetSecondSignal: a second SIGINT ends a target that the first cannot end,
// because nobody reads what it prints.
func TestTargetSecondSignal(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestTargetProcess$")
	cmd.Env = append(os.Environ(), "FIXLAB_TARGET=target signed-id -addr 127.0.0.1:0")
	cmd.Stdout = w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(r); lines.Scan() && !strings.HasPrefix(lines.Text(), "The last page is "); {
	}
	full(t, int(w.Fd()))
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
				t.Errorf("it ends with %v", err)
			}
			return
		default:
			cmd.Process.Signal(os.Interrupt)
			// A flood of signals can crash the runtime of Go while it dies of one: each
			// interrupts how it answers the one before. To start a process takes longer.
			exec.Command("true").Run()
		}
	}
}

// full writes to a pipe until it takes no more.
func full(t *testing.T, pipe int) {
	t.Helper()
	if err := syscall.SetNonblock(pipe, true); err != nil {
		t.Fatal(err)
	}
	for err := error(nil); err != syscall.EAGAIN; {
		_, err = syscall.Write(pipe, []byte{0})
	}
	if err := syscall.SetNonblock(pipe, false); err != nil { // whoever else has it waits, as before
		t.Fatal(err)
	}
}
