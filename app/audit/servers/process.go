//go:build unix

package servers

import (
	"bytes"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"sync"
	"testing"
	"time"
)

// patience is how long a server may take to start. It only ends a test that hangs.
const patience = time.Minute

// keep runs a command until its own input ends, which it does with whoever started it,
// however that ends. It has the command's status.
const keep = `exec 3<&0; "$@" 3<&- & p=$!; { cat <&3; kill -9 $p; } >/dev/null 2>&1 & wait $p; s=$?; kill $!; exit $s`

// start runs a server until the test is over. The server says on which port it listens:
// port matches that and has it as its group. It is asked for its front page first.
func start(t *testing.T, server *exec.Cmd, port *regexp.Regexp) (url string) {
	t.Helper()
	cmd := exec.Command("/bin/sh", append([]string{"-c", keep, "sh"}, server.Args...)...)
	cmd.Env = server.Env
	said := &listener{port: port, found: make(chan string, 1)}
	cmd.Stdout, cmd.Stderr = said, said
	stop, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	t.Cleanup(func() { stop.Close(); <-ended })
	select {
	case port := <-said.found:
		url = "http://127.0.0.1:" + port
	case <-ended:
		t.Fatalf("%s ended with %v:\n%s", server, cmd.ProcessState, said)
	case <-time.After(patience):
		t.Fatalf("%s does not say where it listens:\n%s", server, said)
	}
	client := http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get(url + "/")
	if err != nil {
		t.Fatalf("%v; %s says:\n%s", err, server, said)
	}
	io.Copy(io.Discard, res.Body)
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s is answered with %s; %s says:\n%s", url, res.Status, server, said)
	}
	return url
}

// A listener keeps what a process says, and finds in it the port that it names.
type listener struct {
	port  *regexp.Regexp
	found chan string // has room for one

	mu   sync.Mutex
	text bytes.Buffer
	done bool
}

func (l *listener) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(b)
	if l.done {
		return len(b), nil
	}
	if m := l.port.FindSubmatch(l.text.Bytes()); m != nil {
		l.done = true
		l.found <- string(m[1])
	}
	return len(b), nil
}

func (l *listener) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
