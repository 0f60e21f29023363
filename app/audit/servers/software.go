//go:build unix

package servers

import (
	"cmp"
	"embed"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// sources are the servers, a folder each.
//
//go:embed testdata
var sources embed.FS

// unpack returns a new folder that holds the source of a kind.
func unpack(t *testing.T, kind string) string {
	t.Helper()
	all, err := fs.Sub(sources, "testdata/"+kind)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, all); err != nil {
		t.Fatal(err)
	}
	return dir
}

// program returns what says that a program is missing.
func program(name string) func() string {
	return func() string {
		if _, err := exec.LookPath(name); err != nil {
			return err.Error()
		}
		return ""
	}
}

// python is the interpreter that has Debian's Flask and Django.
func python() string { return cmp.Or(os.Getenv("PYTHON"), "/usr/bin/python3") }

// module returns what says that a module of Python's is missing.
func module(name string) func() string {
	return func() string {
		if err := exec.Command(python(), "-c", "import "+name).Run(); err != nil {
			return python() + " has no " + name
		}
		return ""
	}
}

// listening is what the servers in testdata say when they can be asked.
var listening = regexp.MustCompile(`listening on 127\.0\.0\.1:(\d+)`)

func startPHP(t *testing.T, mode string) string {
	dir, sessions := unpack(t, "php"), t.TempDir()
	cmd := exec.Command("php", "-S", "127.0.0.1:0", filepath.Join(dir, "index.php"))
	cmd.Env = append(os.Environ(), "MODE="+mode, "SESSIONS="+sessions)
	return start(t, cmd, regexp.MustCompile(`Development Server \(http://127\.0\.0\.1:(\d+)\) started`))
}

// packages is the folder in which make puts the packages of testdata/express.
func packages() string {
	if dir := os.Getenv("FIXLAB_EXPRESS"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, none := os.Stat(filepath.Join(dir, "go.mod")); none == nil {
			return filepath.Join(dir, ".cache", "express")
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

func lacksExpress() string {
	if lacks := program("node")(); lacks != "" {
		return lacks
	}
	if _, err := os.Stat(filepath.Join(packages(), "node_modules", "express")); err != nil {
		return "make express fetches its packages: " + err.Error()
	}
	return ""
}

func startExpress(t *testing.T, mode string) string {
	cmd := exec.Command("node", filepath.Join(unpack(t, "express"), "app.js"), mode)
	cmd.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(packages(), "node_modules"))
	return start(t, cmd, listening)
}

func startFlask(t *testing.T, mode string) string {
	return start(t, exec.Command(python(), filepath.Join(unpack(t, "flask"), "app.py"), mode), listening)
}

func startDjango(t *testing.T, mode string) string {
	dir := unpack(t, "django")
	return start(t, exec.Command(python(), filepath.Join(dir, "app.py"), mode, dir), listening)
}

// tomcatHome is where Debian has Tomcat.
const tomcatHome = "/usr/share/tomcat10"

func lacksTomcat() string {
	if _, err := os.Stat(filepath.Join(tomcatHome, "bin", "catalina.sh")); err != nil {
		return err.Error()
	}
	return program("java")()
}

func startTomcat(t *testing.T, mode string) string {
	base := unpack(t, "tomcat")
	meta := filepath.Join(base, "webapps", "ROOT", "META-INF")
	if mode == "kept" {
		if err := os.Rename(filepath.Join(meta, "context-kept.xml"), filepath.Join(meta, "context.xml")); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"logs", "temp", "work"} {
		if err := os.Mkdir(filepath.Join(base, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(tomcatHome, "etc", "web.xml"), filepath.Join(base, "conf", "web.xml")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(tomcatHome, "bin", "catalina.sh"), "run")
	cmd.Env = append(os.Environ(), "CATALINA_HOME="+tomcatHome, "CATALINA_BASE="+base, "CATALINA_OPTS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
	return start(t, cmd, regexp.MustCompile(`Starting ProtocolHandler \["http-nio-127\.0\.0\.1-auto-\d+-(\d+)"\]`))
}
