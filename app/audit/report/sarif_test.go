//go:build !wasm

package report

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"fixlab/lab/audit"
)

// valid reads SARIF back and holds it against the schema of OASIS, errata 01, which the
// library carries.
func valid(t *testing.T, text string) *sarif.Run {
	t.Helper()
	log, err := sarif.FromString(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Validate(); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 {
		t.Fatalf("version %s, %d runs", log.Version, len(log.Runs))
	}
	return log.Runs[0]
}

// TestSARIF: findings are results at a file of the repository, all else is a notification.
func TestSARIF(t *testing.T) {
	run := valid(t, written(t, SARIF, sample(), here))
	if len(run.Results) != 4 {
		t.Fatalf("%d results", len(run.Results))
	}
	f1 := run.Results[0]
	at := f1.Locations[0].PhysicalLocation
	if *f1.RuleID != "F1" || f1.Level != "error" || f1.Kind != "fail" || *at.ArtifactLocation.URI != "api/openapi.yaml" || *at.Region.StartLine != 12 {
		t.Errorf("%s %s %s at %s:%d", *f1.RuleID, f1.Level, f1.Kind, *at.ArtifactLocation.URI, *at.Region.StartLine)
	}
	if says := *f1.Message.Text; !strings.Contains(says, "http://127.0.0.1:8080/shop") || !strings.Contains(says, "fixlab play") {
		t.Error(says)
	}
	if f1.Properties.Properties["url"] != "http://127.0.0.1:8080/shop" || run.Results[1].Level != "warning" {
		t.Errorf("%v", f1.Properties)
	}
	if len(run.Tool.Driver.Rules) != len(sample().Results)+2 {
		t.Errorf("%d rules", len(run.Tool.Driver.Rules))
	}
	rule := run.Tool.Driver.Rules[f1.RuleIndex]
	if *rule.ID != "F1" || rule.Properties.Properties["security-severity"] != "8.1" || !strings.Contains(strings.Join(rule.Properties.Tags, " "), "external/cwe/cwe-384") ||
		!strings.Contains(*rule.Help.Text, "ASVS 5.0 7.2.4") || !strings.Contains(*rule.Help.Markdown, "\n    req.session.regenerate") || *rule.HelpURI != "https://cwe.mitre.org/data/definitions/384.html" {
		t.Errorf("%+v %s", rule, *rule.Help.Text)
	}
	levels := map[string]string{}
	for _, n := range run.Invocations[0].ToolExecutionNotifications {
		levels[*run.Tool.Driver.Rules[n.AssociatedRule.Index].ID] = n.Level
	}
	if want := map[string]string{"F7": "warning", "F8": "note", "F2": "note"}; !reflect.DeepEqual(levels, want) {
		t.Errorf("notifications: %v, want %v", levels, want)
	}
	if !*run.Invocations[0].ExecutionSuccessful {
		t.Error("an audit that came to an answer is not called successful")
	}
	r := sample()
	r.Ending, r.Results, r.Findings = audit.NoLogin, nil, nil
	if run := valid(t, written(t, SARIF, r, here)); *run.Invocations[0].ExecutionSuccessful || len(run.Results) != 0 || run.Invocations[0].ToolExecutionNotifications[0].Level != "error" {
		t.Error("an audit without a login passes for one")
	}
	if got := escaped("[a](b) {0} \\ \x1b"); got != `\[a\](b) {{0}} \\ \\x1b` {
		t.Error(got)
	}
}

// TestFingerprints: they tell checks, paths and cookies apart, and no hosts and lines.
func TestFingerprints(t *testing.T) {
	of := func(edit func(*audit.Report), line int) string {
		r := sample()
		edit(&r)
		run := valid(t, written(t, SARIF, r, Options{At: everywhere(Place{"api.yaml", line})}))
		return run.Results[0].PartialFingerprints["fixlabCheck/v1"]
	}
	first := of(func(*audit.Report) {}, 1)
	if first == "" || first != of(func(r *audit.Report) { r.Target = "https://staging.test/shop"; r.Seconds = 9 }, 40) {
		t.Error("the host or the line changes it")
	}
	for i, edit := range []func(*audit.Report){
		func(r *audit.Report) { r.Target = "http://127.0.0.1:8080/admin" },
		func(r *audit.Report) { r.Results[1].Cookies = []string{"sid"} },
		func(r *audit.Report) { r.Results[1].ID = "F3" },
	} {
		if of(edit, 1) == first {
			t.Errorf("edit %d does not change it", i)
		}
	}
}

// TestFindings: what is found in a document stands at its own line of its own file, whatever
// the place of the checks is.
func TestFindings(t *testing.T) {
	o := here
	o.Root = "/repo"
	r := sample()
	r.Findings[1].File = "/repo/api/parts/login.yaml"
	run := valid(t, written(t, SARIF, r, o))
	prints := map[string]bool{}
	for i, want := range []struct {
		rule, file string
		line       int
	}{{"cookie-httponly", "api/openapi.yaml", 31}, {"drift-login", "api/parts/login.yaml", 4}} {
		x := run.Results[2+i]
		at := x.Locations[0].PhysicalLocation
		if *x.RuleID != want.rule || *run.Tool.Driver.Rules[x.RuleIndex].ID != want.rule || x.Level != "warning" || *at.ArtifactLocation.URI != want.file || *at.Region.StartLine != want.line {
			t.Errorf("%s at %s:%d", *x.RuleID, *at.ArtifactLocation.URI, *at.Region.StartLine)
		}
		prints[x.PartialFingerprints["fixlabCheck/v1"]] = true
	}
	r.Findings[0].Line = 99
	if run := valid(t, written(t, SARIF, r, o)); len(prints) != 2 || !prints[run.Results[2].PartialFingerprints["fixlabCheck/v1"]] {
		t.Error("the fingerprint is of the line")
	}
	for _, file := range []string{"", "https://shop.test/api.yaml", "../api.yaml", "/elsewhere/api.yaml"} {
		r.Findings[0].File = file
		var b bytes.Buffer
		if err := SARIF(&b, r, o); err == nil || b.Len() > 0 {
			t.Errorf("a finding at %q is written", file)
		}
	}
	r = audit.Report{Ending: audit.OnlyRead, Because: "api.yaml: 1 finding. No server was asked.", Document: "api.yaml", Findings: sample().Findings[:1]}
	if run := valid(t, written(t, SARIF, r, Options{Root: "/repo"})); !*run.Invocations[0].ExecutionSuccessful || len(run.Results) != 1 {
		t.Error("a document alone is no answer")
	}
	if got := written(t, Text, r, Options{}); !strings.HasPrefix(got, r.Because+"\n\nIn api.yaml\n") || strings.Contains(got, "accounts") {
		t.Error(got)
	}
}

// TestPlaces: what code scanning would refuse is refused here.
func TestPlaces(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"api.yaml", "api.yaml"}, {"./api.yaml", "api.yaml"}, {"docs/../api.yaml", "api.yaml"}, {"/repo/docs/my api.yaml", "docs/my%20api.yaml"}, {"a:b.yaml", "./a:b.yaml"},
		{"", ""}, {".", ""}, {"/", ""}, {"../api.yaml", ""}, {"/elsewhere/api.yaml", ""}, {"https://shop.test/api.yaml", ""}, {"file:///repo/api.yaml", ""},
	} {
		got, err := RepositoryFile("/repo", test.name)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%q: %q, %v", test.name, got, err)
		}
		if err == nil {
			valid(t, written(t, SARIF, sample(), Options{At: everywhere(Place{got, 0})}))
		}
	}
	for _, file := range []string{"", "/api.yaml", "https://shop.test/login", "file:///api.yaml", "../api.yaml", "a/../../b"} {
		var b bytes.Buffer
		if err := SARIF(&b, sample(), Options{At: everywhere(Place{file, 1})}); err == nil || b.Len() > 0 {
			t.Errorf("a result at %q is written", file)
		}
	}
	if err := SARIF(io.Discard, sample(), Options{}); err == nil {
		t.Error("a result nowhere is written")
	}
	run := valid(t, written(t, SARIF, sample(), Options{At: everywhere(Place{"api.yaml", -3})}))
	if n := *run.Results[0].Locations[0].PhysicalLocation.Region.StartLine; n != 1 {
		t.Errorf("line %d", n)
	}
}
