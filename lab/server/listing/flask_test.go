package listing

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestFlaskAgrees attacks the listings under the real Flask, where there is one:
// what the comment beside a login says of it is what happens.
func TestFlaskAgrees(t *testing.T) {
	if err := exec.Command("python3", "-c", "import flask").Run(); err != nil {
		t.Skip("no python3 with Flask here")
	}
	script := []string{"testdata/flask_attack.py"}
	want := map[string]string{}
	for _, id := range []string{"flask", "flask-server-id", "flask-seed", "flask-seed-verified", "flask-seed-fixed"} {
		l, _ := For(id)
		lines := l.Lines()
		files := ""
		for i, f := range l.files {
			if i > 0 {
				files += "+"
			}
			files += f.name
		}
		for _, in := range l.logins {
			name := files + ":" + in.in
			if _, known := want[name]; known {
				continue
			}
			script = append(script, name)
			head := lines[slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "def "+in.in+"(") })]
			want[name] = "defended"
			if strings.Contains(head, "vulnerable") || strings.Contains(head, "a mistake") {
				want[name] = "hijacked"
			}
		}
	}
	out, err := exec.Command("python3", script...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		name, got, _ := strings.Cut(strings.TrimSpace(line), " ")
		if w, ok := want[name]; ok && got != w {
			t.Errorf("%s: %s, and its comment says %s", name, got, w)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not tried: %v\n%s", want, out)
	}
}
