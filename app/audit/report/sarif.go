//go:build !wasm

package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"fixlab/lab/audit"
)

// What a working check weighs in code scanning: the base scores of CVSS 3.1 for an account
// that is taken over by one visit to a page, AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:N, and for
// a rule whose breach helps such an attack, AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:L/A:N.
const (
	severe   = "8.1"
	moderate = "4.2"
)

// SARIF writes r as SARIF 2.1.0 for code scanning. Each check is a rule. Only what worked
// is a result, because code scanning takes every result for a failure whatever its kind
// says; what was inconclusive or not tried is a notification of the run. A result stands at
// the place that o.At gives it, and has the URL in its message and its properties. It is an
// error if that place is no file of the repository; then nothing is written.
func SARIF(w io.Writer, r audit.Report, o Options) error {
	d := copied(r, false)
	tool := sarif.NewToolComponent().WithName("fixlab audit")
	run := sarif.NewRun().WithTool(sarif.NewTool().WithDriver(tool))
	invocation := sarif.NewInvocation().WithExecutionSuccessful(ran(r.Ending))
	for _, x := range d.Results {
		if known := run.GetRuleIndex(line(x.ID)) >= 0; !known || x.finding() {
			describe(run.AddRule(line(x.ID)), x)
		}
		if !x.finding() {
			if n := notify(x, run.GetRuleIndex(line(x.ID))); n != nil {
				invocation.AddToolExecutionNotification(n)
			}
			continue
		}
		place := Place{}
		if o.At != nil {
			place = o.At(x.ID)
		}
		where, err := place.uri()
		if err != nil {
			return err
		}
		region := sarif.NewRegion().WithStartLine(max(place.Line, 1))
		at := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(where)).WithRegion(region)
		found := run.CreateResultForRule(line(x.ID)).WithLevel(level(x)).WithMessage(sarif.NewTextMessage(message(x, d.Target)))
		found.AddLocation(sarif.NewLocationWithPhysicalLocation(at))
		found.WithPartialFingerprints(map[string]string{"fixlabCheck/v1": fingerprint(x, d.Target)})
		found.WithProperties(about(x, d))
	}
	if !ran(r.Ending) {
		invocation.AddToolExecutionNotification(sarif.NewNotification().WithLevel("error").WithMessage(sarif.NewTextMessage(escaped(sentence(d.Because, d.Ending)))))
	}
	for _, f := range d.Findings {
		if err := f.add(run, o.Root); err != nil {
			return err
		}
	}
	run.AddInvocation(invocation)
	out := sarif.NewReport()
	out.AddRun(run)
	var b bytes.Buffer // in one piece, see the door of the commands
	if err := out.PrettyWrite(&b); err != nil {
		return err
	}
	_, err := w.Write(append(b.Bytes(), '\n'))
	return err
}

// add makes a finding a result at its own line.
func (f finding) add(run *sarif.Run, root string) error {
	where, err := RepositoryFile(root, f.File)
	if err != nil {
		return err
	}
	id := line(f.Rule)
	if run.GetRuleIndex(id) < 0 {
		describe(run.AddRule(id), result{ID: f.Rule, Title: f.Title, Class: inDocument, Refs: f.Refs})
	}
	at := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(where)).WithRegion(sarif.NewRegion().WithStartLine(f.Line))
	found := run.CreateResultForRule(id).WithLevel("warning").WithMessage(sarif.NewTextMessage(escaped(f.Says)))
	found.AddLocation(sarif.NewLocationWithPhysicalLocation(at))
	sum := sha256.Sum256([]byte(f.Rule + "\n" + where + "\n" + f.Says))
	found.WithPartialFingerprints(map[string]string{"fixlabCheck/v1": hex.EncodeToString(sum[:16])})
	return nil
}

// inDocument is the class of a rule about the document that describes the server.
const inDocument = "document"

// ran reports whether an audit came to an answer.
func ran(e audit.Ending) bool {
	return e == audit.Vulnerable || e == audit.Weak || e == audit.NoAttackWorked || e == audit.OnlyRead
}

func level(x result) string {
	if x.Class == string(audit.Attack) {
		return "error"
	}
	return "warning"
}

// describe fills in the rule of a check.
func describe(rule *sarif.ReportingDescriptor, x result) {
	text := []string{line(x.Title) + "."}
	properties := sarif.NewPropertyBag()
	switch audit.Class(x.Class) {
	case audit.Attack:
		text = append(text, "If it works, somebody else is in the victim’s account.")
		properties.Add("security-severity", severe)
	case audit.Weakness:
		text = append(text, "If it is there, a rule is broken that would limit what an attack can do.")
		properties.Add("security-severity", moderate)
	case inDocument:
		text = append(text, "If it is not so, the document says too little of its sessions, or what the server does not do.")
		properties.Add("security-severity", moderate)
	default:
		text = append(text, "A control: unless it holds, nothing follows from the other checks.")
	}
	tags := []string{"security"}
	for _, ref := range x.Refs {
		if n, ok := strings.CutPrefix(ref.ID, "CWE-"); ok && strings.Trim(n, "0123456789") == "" {
			tags = append(tags, "external/cwe/cwe-"+n)
			if rule.HelpURI == nil {
				rule.WithHelpURI("https://cwe.mitre.org/data/definitions/" + n + ".html")
			}
		}
	}
	if about := x.requirements(); about != "" {
		text = append(text, "About: "+about+".")
	}
	plain, marked := strings.Join(text, " "), strings.Join(text, "\n\n")
	if x.Cause != "" {
		plain, marked = plain+" Cause: "+line(x.Cause), marked+"\n\nCause: "+line(x.Cause)
	}
	if mend := lines(x.Mend); len(mend) > 0 {
		plain += "\n\nMend:\n" + strings.Join(mend, "\n")
		marked += "\n\nMend:\n\n    " + strings.Join(mend, "\n    ")
	}
	rule.WithDescription(line(x.Title)).WithFullDescription(sarif.NewMultiformatMessageString().WithText(escaped(text[0] + " " + text[1])))
	rule.WithHelp(sarif.NewMultiformatMessageString().WithText(escaped(plain)).WithMarkdown(marked))
	rule.WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(level(x)))
	rule.WithProperties(properties.WithTags(tags))
}

// notify returns what the run has to say of a check that is no finding, nil for nothing.
func notify(x result, rule int) *sarif.Notification {
	level := "note"
	switch {
	case x.Verdict == string(audit.DidNotWork) && x.Class != string(audit.Control) || x.Verdict == string(audit.Held):
		return nil
	case x.Class == string(audit.Control) && x.Verdict != string(audit.NotTried):
		level = "error"
	case x.Verdict == string(audit.Inconclusive) || x.Asked:
		level = "warning"
	}
	says := x.ID + ", " + x.Title + ": " + x.Verdict + ". " + x.Because
	return sarif.NewNotification().WithLevel(level).WithMessage(sarif.NewTextMessage(escaped(says))).
		WithAssociatedRule(sarif.NewReportingDescriptorReference().WithID(line(x.ID)).WithIndex(rule))
}

func message(x result, target string) string {
	says := []string{x.Because, x.Cause, "At " + target + "."}
	if len(x.Cookies) > 0 {
		says = append(says, "Cookies: "+strings.Join(x.Cookies, ", ")+".")
	}
	if play := x.shows(); play != "" {
		says = append(says, "The lab shows it: "+play)
	}
	return escaped(strings.Join(slices.DeleteFunc(says, func(s string) bool { return s == "" }), " "))
}

// about are the properties of a finding.
func about(x result, d document) *sarif.PropertyBag {
	seen := []string{}
	for _, e := range x.Evidence[:min(len(x.Evidence), shown)] {
		seen = append(seen, line(fmt.Sprintf("%s %d: %s", e.Request, e.Status, e.Says)))
	}
	return sarif.NewPropertyBag().Add("url", d.Target).Add("class", x.Class).Add("cookies", x.Cookies).Add("framework", d.Framework).Add("play", x.Play).Add("evidence", seen)
}

// escaped writes text so that a SARIF message shows it as it is: sections 3.11.5 and 3.11.6
// give braces, square brackets and the backslash a meaning. Line ends stay.
func escaped(text string) string {
	all := strings.Split(text, "\n")
	for i := range all {
		all[i] = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", "{{", "}", "}}").Replace(line(all[i]))
	}
	return strings.Join(all, "\n")
}

// fingerprint stays the same when the host or the line changes: it is of the check, the
// path of the URL, and the cookies' names.
func fingerprint(x result, target string) string {
	where := "/"
	if u, err := url.Parse(target); err == nil && u.EscapedPath() != "" {
		where = u.EscapedPath()
	}
	names := slices.Clone(x.Cookies)
	slices.Sort(names)
	sum := sha256.Sum256([]byte(x.ID + "\n" + where + "\n" + strings.Join(names, "\n")))
	return hex.EncodeToString(sum[:16])
}
