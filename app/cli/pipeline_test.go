//go:build unix

package cli

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/app/target"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// TestPipelines runs the shell lines of README's pipelines against a login that keeps the
// id and against one that does not: the status tells them apart, and the file that the
// pipeline takes up is there.
func TestPipelines(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(readme), "\n## In a pipeline\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var lines []string
	for line := range strings.Lines(section) {
		if i := strings.Index(line, ": fixlab audit "); i >= 0 {
			lines = append(lines, strings.TrimSpace(line[i+2:]))
		}
	}
	if len(lines) != 2 {
		t.Fatalf("README has %d pipelines, want 2", len(lines))
	}
	bin := t.TempDir()
	self := fmt.Sprintf("#!/bin/sh\nFIXLAB_TARGET=\"$* -pause 1ms\" exec %q -test.run='^TestTargetProcess$'\n", os.Args[0])
	if err := os.WriteFile(filepath.Join(bin, "fixlab"), []byte(self), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		for on, status := range map[string]int{"none": 1, "rotate": 0} {
			d, err := defence.Parse(on)
			if err != nil {
				t.Fatal(err)
			}
			p, _ := server.ByID("signed-id")
			site := httptest.NewServer(target.New(p, d))
			dir := t.TempDir()
			cmd := exec.Command("sh", "-euc", strings.Replace(line, "http://127.0.0.1:8080", site.URL, 1))
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "PW_A=correct-horse", "PW_B=hunter2")
			out, err := cmd.CombinedOutput()
			site.Close()
			if got := cmd.ProcessState.ExitCode(); got != status {
				t.Errorf("%s: %s: status %d, want %d, %v\n%s", on, line, got, status, err, out)
			}
			whole := func(name string, err error) {
				if err != nil {
					t.Errorf("%s: %s: %v", line, name, err)
				}
			}
			if strings.Contains(line, "sarif=") {
				text, err := os.ReadFile(filepath.Join(dir, "audit.sarif"))
				whole("audit.sarif", err)
				var log struct {
					Runs []struct{ Results []struct{ RuleID string } }
				}
				whole("audit.sarif", json.Unmarshal(text, &log))
				if len(log.Runs) != 1 {
					t.Errorf("%s: audit.sarif has %d runs", line, len(log.Runs))
				}
			} else {
				text, err := os.ReadFile(filepath.Join(dir, "audit.xml"))
				whole("audit.xml", err)
				var suites struct{ XMLName xml.Name }
				whole("audit.xml", xml.Unmarshal(text, &suites))
				if suites.XMLName.Local != "testsuites" {
					t.Errorf("%s: audit.xml is <%s>", line, suites.XMLName.Local)
				}
			}
		}
	}
}
