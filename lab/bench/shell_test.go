package bench

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/sign"
)

// TestLines runs the commands: each prints the signature, whatever the texts
// are. A tool that is absent is skipped.
func TestLines(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here: the commands are not run")
	}
	for _, tool := range []string{"openssl", "python3", "node"} {
		t.Run(tool, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(tool); err != nil {
				t.Skipf("no %s here: its commands are not run", tool)
			}
			dir := t.TempDir()
			// One script for all the lines of a tool: starting it is what takes time.
			var script bytes.Buffer
			var want, lines []string
			add := func(s *Scheme, f Form) {
				m, err := s.Sign(f)
				if err != nil {
					t.Fatalf("%s: %v", s.Name, err)
				}
				for _, l := range m.Lines {
					if l.Tool == tool {
						script.WriteString(l.Text + "\n")
						lines, want = append(lines, l.Text), append(want, m.Check.Expected)
					}
				}
			}
			for i, value := range hostile {
				for _, x := range forms(value) {
					// Every recipe once, and the hostile values where nothing encodes them.
					first := i == 0 && (x.s.Slug == "itsdangerous" || x.f[FieldChoice] == x.s.Defaults()[FieldChoice])
					hmac := x.s.Slug == "itsdangerous" && x.f[FieldChoice] == string(sign.DeriveHMAC)
					if first || i > 0 && (hmac || tool == "openssl" && x.s.Slug == "django-cookie") {
						f := x.f
						if i > 0 && value != "" {
							f[FieldSecret], f[FieldSalt] = value+"s", value
						}
						add(x.s, f)
					}
				}
			}
			cmd := exec.Command(shell, "-c", script.String())
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Logf("%v", err)
			}
			got := strings.Fields(string(out))
			if !slices.Equal(got, want) {
				for i, w := range want {
					if i >= len(got) || got[i] != w {
						t.Fatalf("line %d prints %q, want %q:\n%s\nall of it: %.300s", i, got[min(i, len(got)-1):], w, lines[i], out)
					}
				}
				t.Fatalf("%d lines print %d words", len(want), len(got))
			}
			if left, _ := exec.Command("ls", "-A", dir).Output(); len(left) > 0 {
				t.Errorf("a value was run: %s", left)
			}
			t.Logf("%d commands", len(want))
		})
	}
}

func TestNoLineForZero(t *testing.T) {
	s := SchemeBySlug("seed")
	f := s.Defaults()
	f[FieldValue] = "a\x00b"
	m, err := s.Sign(f)
	if err != nil || m.Lines != nil {
		t.Errorf("%v, %v", m.Lines, err)
	}
}
