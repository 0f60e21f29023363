// Package contract reads what an OpenAPI document says of logins and their cookies, and
// says where it says too little, or what is not so. The extension x-session, by which a
// document speaks of a session's life, is described in app/audit/openapi/x-session.md.
//
// It is pure: a tree goes in, and who has files opens them.
package contract

// A Document is what an OpenAPI document says of logins and cookies, each thing with its
// place.
type Document struct {
	File       string
	Version    string // "3.1.0"
	Base       string // the path of the first server, which all paths go below: "/api", "" for none
	Schemes    []Scheme
	Operations []Operation // in the order of the document
	Strays     []Stray
}

// A Place is where a thing stands.
type Place struct {
	File string
	Line int // from 1
}

// A Scheme is a way to be known: an entry of components.securitySchemes.
type Scheme struct {
	Place
	Key     string // what operations call it
	Type    string // "apiKey", "http", …
	In      string // of an apiKey: "cookie", "query" or "header"
	Name    string // of an apiKey: the cookie's, the parameter's, the header's
	Session Session
}

// A Session is what x-session says at a scheme or at an operation. Each word has its place;
// what is not said has Word "".
type Session struct {
	Place                // of x-session; Line 0: there is none
	At, Issues, Ends     Word
	Kind, Idle, Absolute Word
}

// Said reports whether x-session is there.
func (s Session) Said() bool { return s.Line > 0 }

// A Word is a value of x-session, as it is written.
type Word struct {
	Place
	Word string
}

// An Operation is one method of one path.
type Operation struct {
	Place
	Method   string // "POST"
	Path     string // as written, without Base
	ID       string // operationId
	Session  Session
	Security [][]string // each of them is enough: the schemes that it takes together. An empty one: nothing is needed
	Sets     []Cookie
	Bodies   []Body
	Params   []Param
}

// A Cookie is one that a response sets.
type Cookie struct {
	Place    // of its pattern, or else of itself
	Status   string
	Name     string   // "": the document does not say which
	Patterns []string // regular expressions of ECMA-262 that the value with its attributes matches, all of them
	Required bool
}

// A Body is one form in which an operation takes its fields.
type Body struct {
	Place
	Media  string // "application/json"
	Fields []Field
}

// A Field is one property of a body.
type Field struct {
	Place
	Name     string
	Type     string // "string", "object", …; "" where it is not said
	Format   string // "email", "password", …
	Default  string // a default, a constant, the first of an enumeration or an example, as JSON; "" for none
	Required bool
	Fields   []Field // of an object
}

// A Param is a parameter of an operation.
type Param struct {
	Place
	In, Name string
	Required bool
}

// A Stray is an extension that reads like one of ours and is not, or stands where it says
// nothing.
type Stray struct {
	Place
	Says string
}

// Name is how an operation is called: "POST /login".
func (o Operation) Name() string { return o.Method + " " + o.Path }
