package contract

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fixlab/lab/audit"
	"fixlab/lab/codec"
)

// A Plan is what an active audit can take from a document. What the document does not say
// is "".
type Plan struct {
	Login   string   // its path, Base included: "/api/login"
	Form    string   // what a form posts: "user={user}&pass={pass}"
	JSON    string   // or what is posted as JSON: {"email":"{user}","password":"{pass}"}
	Logout  string   // "POST /api/logout"
	Private string   // the path of an operation that only who is logged in may call
	Notes   []string // from where each comes, or why it is missing; sentences
}

// PlanOf says how to log in and out, and what only who is logged in sees, by what the
// document says. Where it has several, the first that fits is taken, and Notes say so.
func PlanOf(d Document) (p Plan) {
	note := func(at Place, format string, v ...any) {
		p.Notes = append(p.Notes, fmt.Sprintf("%s:%d: ", at.File, at.Line)+fmt.Sprintf(format, v...))
	}
	start := Place{d.File, 1}
	if logins := d.logins(); len(logins) == 0 {
		note(start, "No operation is a login: x-session: {at: login} says which one is.")
	} else {
		o := logins[0]
		switch {
		case strings.Contains(o.Path, "{"):
			note(o.Place, "%s logs in at a path with parameters, which -login gives.", o.Name())
		case o.Method != "POST":
			note(o.Place, "%s does not log in by POST; an audit does.", o.Name())
		default:
			p.Login = d.Base + o.Path
			p.Form, p.JSON = o.template(note)
		}
		if len(logins) > 1 {
			note(o.Place, "Of %d logins the first is taken, %s.", len(logins), o.Name())
		}
	}
	if logouts := d.logouts(); len(logouts) > 0 && !strings.Contains(logouts[0].Path, "{") {
		p.Logout = logouts[0].Method + " " + d.Base + logouts[0].Path
	}
	if o, ok := d.private(); ok {
		p.Private = d.Base + o.Path
		note(o.Place, "%s is the private page.", o.Name())
	} else {
		note(start, "No GET without parameters asks for a session: -private gives the private page.")
	}
	return p
}

// selfWords are the last parts of paths that show who one is.
var selfWords = strings.Fields("me whoami self profile account user currentuser userinfo session")

// private returns the operation that best shows who is logged in.
func (d Document) private() (best Operation, ok bool) {
	sessions := d.sessions()
	found := -1
	for _, o := range d.Operations {
		if o.Method != "GET" || strings.Contains(o.Path, "{") || slices.ContainsFunc(o.Params, func(p Param) bool { return p.Required && p.In != "cookie" }) || likeLogout(o) {
			continue
		}
		rank := slices.Index(selfWords, tail(o.Path))
		if rank < 0 {
			rank = len(selfWords)
		}
		if o.needs(sessions) && (!ok || rank < found) {
			best, ok, found = o, true, rank
		}
	}
	return best, ok
}

// needs reports whether an operation asks for a session, and every other way asks for
// something, too.
func (o Operation) needs(sessions []Scheme) bool {
	session := false
	for _, need := range o.Security {
		if len(need) == 0 {
			return false
		}
		session = session || slices.ContainsFunc(need, func(key string) bool {
			return slices.ContainsFunc(sessions, func(s Scheme) bool { return s.Key == key })
		})
	}
	return session
}

// The words of fields, the surest first.
var (
	secretWords = strings.Fields("secret pin") // where none is called a password
	userWords   = strings.Fields("username email user login loginname userid name identifier account emailaddress mail handle phone")
	codeWords   = strings.Fields("code otp totp token mfacode twofactorcode onetimecode verificationcode")
)

// credentials returns the fields of the first body that takes a password: the user’s name,
// nil where none is called so, and the password, nil where there is no such body.
func (o Operation) credentials() (user, password *Field) {
	for _, b := range o.Bodies {
		if user, password = pair(b.Fields); password != nil {
			return user, password
		}
	}
	return nil, nil
}

// pair finds the two fields among fields, or together in an object of theirs.
func pair(fields []Field) (user, password *Field) {
	var inside *Field
	for i := range fields {
		f := &fields[i]
		switch {
		case f.Format == "password" && password == nil:
			password = f
		case f.Fields != nil && inside == nil:
			inside = f
		}
	}
	best := func(words []string, but *Field) (found *Field) {
		least := len(words)
		for i := range fields {
			if f := &fields[i]; f != but && f.Fields == nil {
				if rank := slices.Index(words, plain(f.Name)); rank >= 0 && rank < least {
					found, least = f, rank
				}
			}
		}
		return found
	}
	if password == nil {
		password = called(fields)
	}
	if password == nil {
		password = best(secretWords, nil)
	}
	if password == nil && inside != nil {
		return pair(inside.Fields)
	}
	if user = best(userWords, password); user == nil && password != nil {
		for i := range fields {
			if fields[i].Format == "email" || user == nil && fields[i].Required && fields[i].Default == "" && &fields[i] != password && fields[i].Fields == nil && cmp.Or(fields[i].Type, "string") == "string" {
				user = &fields[i]
			}
		}
	}
	return user, password
}

// called returns the field that is called a password: of several the one with the shortest
// name, which is no confirmation of another.
func called(fields []Field) (found *Field) {
	for i := range fields {
		f := &fields[i]
		if f.Fields == nil && cmp.Or(f.Type, "string") == "string" && audit.PasswordField(f.Name) && (found == nil || len(f.Name) < len(found.Name)) {
			found = f
		}
	}
	return found
}

// template returns what a login posts: a form, or JSON.
func (o Operation) template(note func(Place, string, ...any)) (form, json string) {
	for _, b := range o.Bodies {
		user, password := pair(b.Fields)
		if password == nil || user == nil {
			continue
		}
		fill := func(f *Field) (string, bool) {
			switch {
			case f == user:
				return "{user}", true
			case f == password:
				return "{pass}", true
			case slices.Contains(codeWords, plain(f.Name)) && f.Required:
				return "{code}", true
			}
			return "", false
		}
		missing := false
		miss := func(f *Field) {
			missing = true
			note(f.Place, "%s needs the field %q, for which the document names no value: -form or -json gives the whole body.", o.Name(), f.Name)
		}
		switch {
		case b.Media == "application/x-www-form-urlencoded" || b.Media == "multipart/form-data":
			form = asForm(b.Fields, fill, miss)
		case b.Media == "application/json" || strings.HasSuffix(b.Media, "+json"):
			json = asJSON(b.Fields, fill, miss)
		}
		switch body := form + json; {
		case missing:
			return "", ""
		case strings.Contains(body, "{user}") && strings.Contains(body, "{pass}"):
			return form, json
		}
		form, json = "", ""
	}
	if len(o.Bodies) > 0 {
		note(o.Place, "%s: no body of a form or of JSON has a field for the name and one for the password: -form or -json gives it.", o.Name())
	}
	return "", ""
}

func asForm(fields []Field, fill func(*Field) (string, bool), miss func(*Field)) string {
	var parts []string
	for i := range fields {
		f := &fields[i]
		word, ok := fill(f)
		if !ok {
			if !f.Required {
				continue
			}
			if f.Default == "" {
				miss(f)
				continue
			}
			v, _ := codec.ParseJSON(f.Default)
			if text, ok := v.(string); ok {
				word = url.QueryEscape(text)
			} else {
				word = f.Default
			}
		}
		parts = append(parts, url.QueryEscape(f.Name)+"="+word)
	}
	return strings.Join(parts, "&")
}

func asJSON(fields []Field, fill func(*Field) (string, bool), miss func(*Field)) string {
	var parts []string
	for i := range fields {
		f := &fields[i]
		value, ok := fill(f)
		switch {
		case ok:
			value = codec.NodeJSON(value)
		case f.Fields != nil:
			if value = asJSON(f.Fields, fill, func(*Field) {}); !strings.Contains(value, `"{`) && !f.Required {
				continue
			}
		case !f.Required:
			continue
		case f.Default != "":
			value = f.Default
		default:
			miss(f)
			continue
		}
		parts = append(parts, codec.NodeJSON(f.Name)+":"+value)
	}
	return "{" + strings.Join(parts, ",") + "}"
}
