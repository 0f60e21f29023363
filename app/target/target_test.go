//go:build !wasm

package target

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// listening starts a target on a free port.
func listening(t *testing.T, profile, on string) (*Target, Place) {
	t.Helper()
	p, ok := server.ByID(profile)
	if !ok {
		t.Fatalf("no profile %q", profile)
	}
	d, err := defence.Parse(on)
	if err != nil {
		t.Fatal(err)
	}
	at, err := listen("127.0.0.1:0", false, listenTCP)
	if err != nil {
		t.Fatal(err)
	}
	target := New(p, d)
	serving(t, at, guard{next: target}, ordinary)
	return target, at
}

// serving serves h at l until the test is over.
func serving(t *testing.T, l net.Listener, h http.Handler, m limits) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- serveUntil(ctx, l, h, m, log.New(io.Discard, "", 0)) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("stopping: %v", err)
		}
	})
}

// dialing returns an HTTP client that finds at under any name, as one does whose
// resolver was told where the name is.
func dialing(at net.Addr) *http.Client {
	return &http.Client{Timeout: patience, Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, at.Network(), at.String())
		},
	}}
}

// patience only ends a test that hangs.
const patience = time.Minute

// A visitor is somebody with an HTTP client and a jar of name and value alone.
type visitor struct {
	at  Place
	jar []field
}

// do sends a request and returns it and its answer, as wire text.
func (v *visitor) do(t *testing.T, method, path, body string) (request, response string) {
	t.Helper()
	r, err := http.NewRequest(method, v.at.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	var pairs []string
	for _, c := range v.jar {
		pairs = append(pairs, c.name+"="+c.value)
	}
	if pairs != nil {
		r.Header.Set("Cookie", strings.Join(pairs, "; "))
	}
	res, err := dialing(v.at.Addr()).Transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range res.Header["Set-Cookie"] {
		pair, attributes, _ := strings.Cut(line, ";")
		name, value, _ := strings.Cut(pair, "=")
		v.jar = slices.DeleteFunc(v.jar, func(c field) bool { return c.name == name })
		if !strings.Contains(attributes, "Max-Age=0") {
			v.jar = append(v.jar, field{name, value})
		}
	}
	var header bytes.Buffer
	if err := res.Header.Write(&header); err != nil { // sorted
		t.Fatal(err)
	}
	return fmt.Sprintf("%s %s\nCookie: %s\n%s", method, path, strings.Join(pairs, "; "), body),
		fmt.Sprintf("%s %s\n%s\n%s", res.Proto, res.Status, header.String(), page)
}

// TestTargetTranscript carries the attack out with HTTP clients against a
// target, and in the simulation, and compares every message.
func TestTargetTranscript(t *testing.T) {
	steps := []struct{ who, method, path, form string }{
		{"mallory", "GET", "/", ""},
		{"mallory", "POST", "/basket", "item=gnome"},
		{"mallory", "plants", "", ""},
		{"alice", "GET", "/login", ""},
		{"alice", "POST", "/login", "user=alice&password=wrong"},
		{"alice", "POST", "/login", "user=alice&password=correct-horse"},
		{"alice", "GET", "/profile", ""},
		{"alice", "GET", "/basket", ""},
		{"alice", "GET", "/transfer", ""},
		{"alice", "POST", "/transfer", "to=bob&amount=10&token=x"},
		{"mallory", "GET", "/profile", ""},
		{"alice", "POST", "/logout", ""},
		{"alice", "GET", "/profile", ""},
		{"alice", "GET", "/nowhere", ""},
	}
	for _, test := range []struct {
		profile, on string
		hijacked    bool
	}{
		{"signed-id", "none", true},
		{"signed-id", "rotate", false},
		{"signed-id", "strict+httponly+secure-prefix+lax", true},
		{"signed-id", "flush+host-http-prefix+hsts", false},
		{"django-db", "none", true},
		{"django-db", "rotate", false},
	} {
		p, _ := server.ByID(test.profile)
		target, at := listening(t, test.profile, test.on)
		people := map[string]*visitor{"mallory": {at: at}, "alice": {at: at}}
		var real []string
		played := "title: The same\nprofile: " + test.profile + "\n\n"
		for _, s := range steps {
			switch s.method {
			case "plants":
				name := target.env.CookieName(p.Cookie)
				at := slices.IndexFunc(people["mallory"].jar, func(c field) bool { return c.name == name })
				people["alice"].jar = []field{people["mallory"].jar[at]}
				played += "mallory copy loot\nmallory@alice paste $cookie=$loot\n"
			default:
				request, response := people[s.who].do(t, s.method, s.path, encoded(s.form))
				real = append(real, request, response)
				if hijacked := strings.Contains(response, "The account of alice."); s.who == "mallory" && s.path == "/profile" && hijacked != test.hijacked {
					t.Errorf("%s %s: hijacked: %v\n%s", test.profile, test.on, hijacked, response)
				}
				played += s.who + " " + strings.ToLower(s.method) + " " + s.path + " " + strings.ReplaceAll(s.form, "&", " ") + "\n"
			}
		}
		s, err := script.Parse("same", played)
		if err != nil {
			t.Fatal(err)
		}
		trace, err := lab.Run(s, target.defences)
		if err != nil {
			t.Fatal(err)
		}
		var simulated []string
		for _, f := range trace.Frames {
			for _, e := range f.Events {
				switch e.Kind {
				case event.Request:
					simulated = append(simulated, essence(e.Message))
				case event.Response:
					head, body, _ := strings.Cut(e.Message.Raw, "\r\n\r\n")
					start, header, _ := strings.Cut(head, "\r\n")
					lines := strings.SplitAfter(header+"\r\n", "\r\n")
					slices.Sort(lines)
					simulated = append(simulated, start+"\n"+strings.Join(lines, "")+"\n"+body)
				}
			}
		}
		got, want := sameUpToChance(real), sameUpToChance(simulated)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s %s: message %d: over HTTP\n%s\nsimulated\n%s", test.profile, test.on, i, nth(got, i), nth(want, i))
				break
			}
		}
	}
}

func nth(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return "(none)"
}

// encoded is the order in which a browser of the lab sends a form's fields.
func encoded(form string) string {
	fields := strings.Split(form, "&")
	slices.Sort(fields)
	return strings.Join(fields, "&")
}

// essence returns of a simulated request what a visitor's request has.
func essence(m *event.Message) string {
	head, body, _ := strings.Cut(m.Raw, "\r\n\r\n")
	cookie := ""
	for line := range strings.SplitSeq(head, "\r\n") {
		if value, ok := strings.CutPrefix(line, "Cookie: "); ok {
			cookie = value
		}
	}
	start, _, _ := strings.Cut(head, "\r\n")
	fields := strings.Split(body, "&")
	slices.Sort(fields)
	return strings.TrimSuffix(start, " HTTP/1.1") + "\nCookie: " + cookie + "\n" + strings.Join(fields, "&")
}

var (
	chance = regexp.MustCompile(`[A-Za-z0-9_-]{20,}`) // keys, signatures, tokens
	date   = regexp.MustCompile(`(?m)^Date: .*$`)
)

// sameUpToChance replaces dates, and random values by their order of appearance.
func sameUpToChance(messages []string) []string {
	seen := map[string]string{}
	var out []string
	for _, m := range messages {
		m = date.ReplaceAllString(m, "Date: D\r")
		out = append(out, chance.ReplaceAllStringFunc(m, func(v string) string {
			if seen[v] == "" {
				seen[v] = fmt.Sprintf("V%d", len(seen)+1)
			}
			return seen[v]
		}))
	}
	return out
}

// TestTargetLines runs the lines that a target prints, with curl, and sees the
// end that they announce.
func TestTargetLines(t *testing.T) {
	for _, tool := range []string{"sh", "curl", "sed", "paste"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s here", tool)
		}
	}
	for _, p := range server.Profiles {
		sets := []string{"none"}
		if p.ID == "signed-id" {
			sets = []string{"none", "rotate", "lazy", "secure+host-prefix", "bind-address", "bind-device", "domain-cookie+samesite-strict"}
		}
		for _, on := range sets {
			target, at := listening(t, p.ID, on)
			banner := target.Banner(at, 0)
			out, err := exec.Command("sh", "-euc", banner[strings.Index(banner, "\n#"):strings.LastIndex(banner, "\nThe last page")]).CombinedOutput()
			if err != nil {
				t.Errorf("%s %s: %v\n%s\n%s", p.ID, on, err, banner, out)
			}
			last := out[bytes.LastIndex(out, []byte("HTTP/1.1 ")):]
			if in := bytes.Contains(last, []byte("The account of alice.")); in != strings.Contains(banner, "hijacked.") {
				t.Errorf("%s %s: in: %v\n%s\n%s", p.ID, on, in, banner, out)
			}
		}
	}
}

// TestTargetEnds: what each target announces.
func TestTargetEnds(t *testing.T) {
	for _, test := range []struct{ profile, on, end string }{
		{"signed-id", "none", "hijacked"},
		{"signed-id", "lazy", "hijacked"}, // by her own account's key
		{"signed-id", "bare-key", "hijacked"},
		{"signed-id", "rotate", "defended"},
		{"signed-id", "rotate+keep-old-record", "hijacked"},
		{"signed-id", "rotate-secret", "hijacked"},
		{"signed-id", "rotate-secret+secret-fallback", "hijacked"},
		{"signed-id", "bind-address", "defended"},
		{"django-db", "none", "hijacked"},
		{"django-db", "rotate-secret", "hijacked"},
		{"flask-seed", "none", "hijacked"},
		{"flask-seed", "rotate", "defended"},
		{"django-signed-cookies", "none", "nothing to fixate"},
		{"django-signed-cookies", "rotate", "nothing to fixate"},
	} {
		p, _ := server.ByID(test.profile)
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		banner := New(p, d).Banner(Place{base: "http://127.0.0.1:1", Listener: bound{&net.TCPAddr{}}}, 7)
		if !strings.Contains(banner, test.end) {
			t.Errorf("%s %s: want %q in\n%s", test.profile, test.on, test.end, banner)
		}
		if deploys := strings.Contains(banner, "kill -HUP 7"); deploys != d.Has(defence.RotateSecret) {
			t.Errorf("%s %s: deploys: %v", test.profile, test.on, deploys)
		}
	}
}

// TestTargetExposed: told twice, a target listens where others can reach it.
func TestTargetExposed(t *testing.T) {
	l, err := listen("0.0.0.0:0", true, listenTCP)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

// TestTargetIsOneAtATime sends requests side by side; the race detector, when it
// is on, sees whether the target keeps them apart.
func TestTargetIsOneAtATime(t *testing.T) {
	target, at := listening(t, "signed-id", "rotate-secret")
	done, client := make(chan int), dialing(at.Addr())
	for range 8 {
		go func() {
			served := 0
			for range 20 {
				target.Deploy()
				res, err := client.Post(at.base+"/login", "application/x-www-form-urlencoded", strings.NewReader("user=alice&password=correct-horse"))
				if err == nil {
					if res.StatusCode == http.StatusOK {
						served++
					}
					res.Body.Close()
				}
			}
			done <- served
		}()
	}
	for range 8 {
		if n := <-done; n != 20 {
			t.Errorf("%d of 20 requests were served", n)
		}
	}
}
