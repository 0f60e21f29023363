package bench

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// A Scheme is one of the thirteen formats as a whole: what it takes, how it
// signs, and how a text of it is to be read.
type Scheme struct {
	Name  string // as the format is called in the vectors, "flask.session"
	Slug  string // the same as one word of a link, "flask"
	Title string // for people
	Use   string // a sentence: where it is met, and what it is
	Asks  []Ask  // what it takes, the value first and the secret second

	// Malleable tells why other texts verify as well as the one that was
	// signed, "" when none does.
	Malleable string

	signer func(set settings, text string) sign.Signer // text is what is to be verified, "" for signing
	write  func(set settings) (string, error)          // the value as Sign takes it; nil: as it is
	read   func(value string) string                   // the value for people; nil: as it is
	cut    func(text string, set settings) []Layer
	recipe func(set settings) recipe
}

// A Field is one of the inputs of a Scheme.
type Field int

// The fields.
const (
	FieldValue Field = iota
	FieldSecret
	FieldSalt
	FieldName // the cookie's
	FieldChoice
	FieldTime     // the time of signing or of checking, in seconds since 1970
	FieldLifetime // how long a signature is good, in seconds, 0 for ever
	fields
)

// A Form has the text of each field.
type Form [fields]string

// An Ask is an input that a Scheme takes.
type Ask struct {
	Field   Field
	Label   string
	Default string
	Options []string // of a choice
	Long    bool     // the value is JSON, or may have lines
	Signing bool     // it is asked for to sign
	Reading bool     // it is asked for to verify
}

// A FieldError says what is wrong with a field of a Form.
type FieldError struct {
	Field Field
	Why   string
}

func (e *FieldError) Error() string { return e.Why }

// settings is a Form that has been read.
type settings struct {
	value, secret, salt, name, choice string
	time                              time.Time
	lifetime                          time.Duration
}

func (set settings) now() time.Time { return set.time }

// maxTime is the last second of the year 9999.
const maxTime = 253402300799

// settle reads the fields that the scheme asks for.
func (s *Scheme) settle(f Form, signing bool) (settings, error) {
	set := settings{time: time.Unix(0, 0)}
	for _, a := range s.Asks {
		if signing && !a.Signing || !signing && !a.Reading {
			continue
		}
		text := f[a.Field]
		number := func(limit int64) (int64, error) {
			n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
			if err != nil || n < 0 || n > limit {
				return 0, &FieldError{a.Field, a.Label + ": a whole number of seconds from 0 to " + strconv.FormatInt(limit, 10) + ", please."}
			}
			return n, nil
		}
		switch a.Field {
		case FieldValue:
			set.value = text
		case FieldSecret:
			if text == "" {
				return set, &FieldError{a.Field, a.Label + ": without a secret anybody could sign. Type one."}
			}
			set.secret = text
		case FieldSalt:
			set.salt = text
		case FieldName:
			if text == "" || strings.ContainsAny(text, "=;, \t\r\n|") {
				return set, &FieldError{a.Field, a.Label + ": a cookie’s name is not empty and has no space and none of = ; , |"}
			}
			set.name = text
		case FieldChoice:
			set.choice = a.Options[0]
			for _, o := range a.Options {
				if o == text {
					set.choice = o
				}
			}
		case FieldTime:
			n, err := number(maxTime)
			if err != nil {
				return set, err
			}
			set.time = time.Unix(n, 0)
		case FieldLifetime:
			n, err := number(int64(1<<63-1) / int64(time.Second))
			if err != nil {
				return set, err
			}
			set.lifetime = time.Duration(n) * time.Second
		}
	}
	return set, nil
}

// Defaults returns the scheme's form as it is at first.
func (s *Scheme) Defaults() Form {
	var f Form
	for _, a := range s.Asks {
		f[a.Field] = a.Default
	}
	return f
}

// Made is a value that was signed, with the working.
type Made struct {
	Text    string // what is sent
	Written string // what was signed for the value, where a serializer wrote it; else the value
	Check   sign.Check
	MAC     []byte // the raw HMAC
	Layers  []Layer
	Lines   []Line
}

// Sign signs the form's value. Its error is a *FieldError.
func (s *Scheme) Sign(f Form) (Made, error) {
	set, err := s.settle(f, true)
	if err != nil {
		return Made{}, err
	}
	m := Made{Written: set.value}
	if s.write != nil {
		if m.Written, err = s.write(set); err != nil {
			return Made{}, &FieldError{FieldValue, s.Asks[0].Label + ": " + err.Error() + "."}
		}
	}
	signer := s.signer(set, "")
	if m.Text = signer.Sign(m.Written); m.Text == "" {
		return Made{}, &FieldError{FieldValue, s.Asks[0].Label + ": it is too long. The library signs no more than 4096 characters."}
	}
	m.Check = signer.(sign.Explainer).Explain(m.Text)
	m.MAC = s.recipe(set).sum(m.Check.Message, set.secret)
	m.Layers = s.cut(m.Text, set)
	m.Lines = s.recipe(set).lines(m.Check.Message, set.secret)
	if s.read != nil {
		m.Written = s.read(m.Written)
	}
	return m, nil
}

// A Reading is what becomes of a text that is verified.
type Reading struct {
	Err     error  // nil when it is accepted
	Why     string // one or two sentences; "" when it is accepted
	Value   string // for people, when it is accepted
	Payload string // what anybody reads in it without a secret, "" when there is nothing to decode
	Check   sign.Check
	Layers  []Layer
}

// Read verifies text under the form's secret. Its error is a *FieldError; a
// text that is refused is no error of this kind.
func (s *Scheme) Read(text string, f Form) (Reading, error) {
	set, err := s.settle(f, false)
	if err != nil {
		return Reading{}, err
	}
	signer := s.signer(set, text)
	r := Reading{Check: signer.(sign.Explainer).Explain(text), Layers: s.cut(text, set)}
	r.Value, r.Err = signer.Unsign(text)
	if s.read != nil {
		if r.Err == nil {
			r.Value = s.read(r.Value)
		}
		r.Payload = s.peek(text)
	}
	if r.Err != nil {
		r.Why = s.why(r, set)
	}
	return r, nil
}

// peek reads the payload of a text without any secret.
func (s *Scheme) peek(text string) string {
	if s.Slug == "cookie-session" {
		for _, p := range s.cut(text, settings{name: guessName(text)})[0].Parts {
			if p.Role == RolePayload {
				text = p.Text
			}
		}
	}
	payload, ok := sign.Peek(text)
	if !ok {
		return ""
	}
	return payload
}

// guessName returns the name of the cookie that another one, with ".sig" at
// the end of its name, belongs to.
func guessName(header string) string {
	for part := range strings.SplitSeq(header, ";") {
		if name, _, ok := strings.Cut(strings.TrimLeft(part, " "), ".sig="); ok {
			return name
		}
	}
	return "session"
}

// why says in words why r was refused, and at which part.
func (s *Scheme) why(r Reading, set settings) string {
	c, library := r.Check, strings.TrimSuffix(r.Err.Error(), ".")
	switch {
	case errors.Is(r.Err, sign.ErrCrash):
		return "Here the real code does not refuse, it raises an exception, and the visitor sees an error 500: " + library + "."
	case errors.Is(r.Err, sign.ErrExpired):
		made := ""
		for _, l := range r.Layers {
			for _, p := range l.Parts {
				if p.Date != "" {
					made = p.Date
				}
			}
		}
		return "The signature is right, but its time is not. It was signed at " + made + ", and it is checked at " + date(set.time) +
			" for a lifetime of " + strconv.FormatInt(int64(set.lifetime/time.Second), 10) + " seconds. In the library’s words: " + library + "."
	case c.Equal && errors.Is(r.Err, sign.ErrMalformed):
		return "The signature is right, but what it signs is not of this format: " + library + "."
	case errors.Is(r.Err, sign.ErrMalformed):
		return "It has not the parts of this format: " + library + "."
	}
	return badSignature(c, set)
}

// badSignature compares the signature that was received with the right one.
func badSignature(c sign.Check, set settings) string {
	got, want := c.Received, c.Expected
	if got == "" {
		return "The signature is missing: nothing stands in its place."
	}
	var strange string
	differ, first := 0, 0
	for i := range max(len(got), len(want)) {
		if i < len(got) && strange == "" && !sign.Only(got[i:i+1], sign.UrlDigits+"+/=") {
			strange = runeAt(got, i)
		}
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			if differ++; differ == 1 {
				first = i + 1
			}
		}
	}
	n := strconv.Itoa
	switch {
	case strange != "":
		return "The signature is wrong: it holds " + strconv.Quote(strange) + ", which no signature of this format has."
	case len(got) != len(want):
		return "The signature is wrong: it has " + n(len(got)) + " characters, and the right one has " + n(len(want)) + "."
	case differ <= 3:
		return "The signature is wrong in " + count(differ, "character") + " of " + n(len(want)) + ", the first of them number " + n(first) + ": the signature itself was changed."
	}
	other := "the secret or the value is not the one that was signed with"
	switch {
	case set.salt != "" && set.name != "":
		other = "the secret, the name, the salt or the value is not the one that was signed with"
	case set.salt != "":
		other = "the secret, the salt or the value is not the one that was signed with"
	case set.name != "":
		other = "the secret, the name or the value is not the one that was signed with"
	}
	return "The signature is wrong from character " + n(first) + " on, in " + n(differ) + " of " + n(len(want)) + ": " + other + "."
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

func runeAt(s string, i int) string {
	for at, r := range s {
		if at == i {
			return string(r)
		}
	}
	return s[i : i+1]
}

// Flip changes the i-th character of text, from 0, into its neighbour in the
// base64 alphabet: in the last character of a signature that is an unused bit,
// where there is one. A character outside the alphabet becomes an A.
func Flip(text string, i int) (flipped string, was, is string) {
	n := 0
	for at, r := range text {
		if n == i {
			was, is = text[at:at+runeLen(text, at)], "A"
			if d := strings.IndexRune(base64Digits, r); d >= 0 {
				is = base64Digits[d^1:][:1]
			}
			return text[:at] + is + text[at+len(was):], was, is
		}
		n++
	}
	return text, "", ""
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func runeLen(s string, i int) int {
	for n := range s[i:] {
		if n > 0 {
			return n
		}
	}
	return len(s) - i
}

// Accepted returns those characters of text, from 0, that can be flipped and
// the text still verifies. A text of more than limit characters is not tried.
func (s *Scheme) Accepted(text string, f Form, limit int) (at []int, tried bool) {
	set, err := s.settle(f, false)
	if err != nil || len(text) > limit {
		return nil, false
	}
	for i, n := 0, len([]rune(text)); i < n; i++ {
		bad, _, _ := Flip(text, i)
		if _, err := s.signer(set, bad).Unsign(bad); err == nil {
			at = append(at, i)
		}
	}
	return at, true
}

// Suggest returns the schemes whose texts look like text, at most three. Those
// under which it verifies with the secret and the schemes' own defaults come
// alone.
func Suggest(text, secret string) []*Scheme {
	var slugs []string
	switch sign.Recognise(text) {
	case sign.FormatSeed:
		slugs = []string{"seed"}
	case sign.FormatDjango:
		slugs = []string{"django-signer"}
	case sign.FormatDjangoTimestamp:
		slugs = []string{"django-timestamp", "django-cookie"}
	case sign.FormatDjangoDumps:
		slugs = []string{"django-signed-cookies", "django-row", "django-dumps", "django-timestamp"}
	case sign.FormatAuthHash:
		slugs = []string{"django-auth-hash"}
	case sign.FormatFlask:
		slugs = []string{"flask"}
	case sign.FormatItsDangerous:
		slugs = []string{"itsdangerous"}
	case sign.FormatCookieSignature, sign.FormatExpress:
		slugs = []string{"cookie-signature"}
	case sign.FormatCookieSession:
		slugs = []string{"cookie-session"}
	case sign.FormatGorilla:
		slugs = []string{"gorilla"}
	}
	var like, right []*Scheme
	for _, slug := range slugs {
		s := SchemeBySlug(slug)
		like = append(like, s)
		f := s.Defaults()
		f[FieldSecret] = secret
		if r, err := s.Read(text, f); err == nil && r.Check.Equal {
			right = append(right, s)
		}
	}
	if right != nil {
		like = right
	}
	return like[:min(3, len(like))]
}

// Unwrap finds the value of a cookie in a line of a message, such as
// "Set-Cookie: session=…; Path=/". It is not ok where there is no such line.
func Unwrap(line string) (value string, ok bool) {
	text := strings.TrimSpace(line)
	for _, header := range []string{"set-cookie:", "cookie:"} {
		if len(text) > len(header) && strings.EqualFold(text[:len(header)], header) {
			text = strings.TrimSpace(text[len(header):])
			ok = true
		}
	}
	if strings.Contains(text, ".sig=") {
		return text, ok // cookie-session's two cookies are one text
	}
	name, rest, pair := strings.Cut(text, "=")
	if !pair || name == "" || strings.Trim(name, tokenDigits) != "" {
		return text, ok
	}
	rest, _, _ = strings.Cut(rest, ";")
	rest = strings.Trim(strings.TrimSpace(rest), `"`)
	if ok || sign.Recognise(rest) != "" {
		return rest, true
	}
	return line, false
}

const tokenDigits = sign.Base62Digits + "!#$%&'*+-.^_`|~"

// SchemeBySlug returns the scheme with that slug, nil when there is none.
func SchemeBySlug(slug string) *Scheme {
	for i := range Schemes {
		if Schemes[i].Slug == slug {
			return &Schemes[i]
		}
	}
	return nil
}

// DemoSecret is the secret of the article that the lab is about, and so the
// best known one.
const DemoSecret = "super-secret-key"

// demoTime is 2023-11-14 22:13:20 UTC.
const demoTime = "1700000000"

func ask(f Field, label, value string) Ask {
	return Ask{Field: f, Label: label, Default: value, Signing: true, Reading: true}
}

func asks(value, sample string, json bool, more ...Ask) []Ask {
	v := Ask{Field: FieldValue, Label: value, Default: sample, Signing: true, Long: json}
	return append([]Ask{v, ask(FieldSecret, "Secret", DemoSecret)}, more...)
}

// timed asks for the time of signing, of checking, and for the lifetime.
func timed(lifetime string) []Ask {
	return []Ask{
		ask(FieldTime, "Time, in seconds since 1970", demoTime),
		{Field: FieldLifetime, Label: "Lifetime in seconds, 0 for ever", Default: lifetime, Reading: true},
	}
}

func choice(label string, signing, reading bool, options ...string) Ask {
	return Ask{Field: FieldChoice, Label: label, Default: options[0], Options: options, Signing: signing, Reading: reading}
}

const (
	sampleText = "9f9265bf4b9e185396420f58eebb5a2a"
	sampleJSON = `{"cart":"kettle","user":"alice"}`

	looseItsDangerous = "The signature is decoded before it is compared, and Python decodes leniently: the unused bits of its last character, + for -, / for _, and = signs at its end make no difference. The text may change, the value may not."
)

// Schemes are the thirteen formats.
var Schemes = []Scheme{
	{
		Name: "seed.flask", Slug: "seed", Title: "The article’s Flask code",
		Use:  "The session id and its HMAC in hex, as the Flask code that this lab began with writes it. No time, no salt.",
		Asks: asks("Session id", sampleText, false),
		signer: func(set settings, _ string) sign.Signer {
			return sign.Seed(set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return cutPlain(text, ".", "the session id, as it is", hexSignature("SHA256"))
		},
		recipe: func(settings) recipe { return recipe{digest: "sha256", encode: "hex"} },
	},
	{
		Name: "flask.session", Slug: "flask", Title: "Flask: its own session",
		Use:       "Flask’s session cookie: the whole session as JSON, compressed where that is shorter, with the time, signed by itsdangerous. Everybody can read it.",
		Asks:      asks("Session, as JSON", sampleJSON, true, timed("2678400")...),
		Malleable: looseItsDangerous,
		signer: func(set settings, _ string) sign.Signer {
			return sign.FlaskSession(set.now, set.lifetime, set.secret)
		},
		write: func(set settings) (string, error) {
			v, err := object(set.value)
			if err != nil {
				return "", err
			}
			return codec.FlaskJSON(v), nil
		},
		read: asItIs,
		cut:  cutFlask,
		recipe: func(settings) recipe {
			return recipe{digest: "sha1", derive: "hmac", prefix: "cookie-session", encode: "base64url"}
		},
	},
	{
		Name: "itsdangerous.Signer", Slug: "itsdangerous", Title: "itsdangerous: Signer, as Flask-Session uses it",
		Use: "A value and its HMAC. Flask-Session signs its session ids so when it is told to. No time.",
		Asks: asks("Value", sampleText, false, ask(FieldSalt, "Salt", "flask-session"),
			choice("Key derivation", true, true, string(sign.DeriveHMAC), string(sign.DeriveDjangoConcat), string(sign.DeriveConcat), string(sign.DeriveNone))),
		Malleable: looseItsDangerous,
		signer: func(set settings, _ string) sign.Signer {
			return sign.ItsDangerous(set.salt, sign.Derivation(set.choice), set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return cutPlain(text, ".", "the value, as it is", base64Signature("SHA1", 20))
		},
		recipe: func(set settings) recipe {
			r := recipe{digest: "sha1", encode: "base64url"}
			switch sign.Derivation(set.choice) {
			case sign.DeriveHMAC:
				r.derive, r.prefix = "hmac", set.salt
			case sign.DeriveDjangoConcat:
				r.derive, r.prefix = "hash", set.salt+"signer"
			case sign.DeriveConcat:
				r.derive, r.prefix = "hash", set.salt
			}
			return r
		},
	},
	{
		Name: "django.signed_cookies", Slug: "django-signed-cookies", Title: "Django: session in a signed cookie",
		Use:  "The session cookie of the signed_cookies backend: the whole session as JSON, compressed where that is shorter, with the time. Everybody can read it.",
		Asks: asks("Session, as JSON", sampleJSON, true, timed("1209600")...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoDumps(sign.SaltSignedCookies, set.now, set.lifetime, true, set.secret)
		},
		write:  djangoObject,
		read:   asItIs,
		cut:    cutDumps,
		recipe: func(settings) recipe { return djangoRecipe(sign.SaltSignedCookies) },
	},
	{
		Name: "django.db_session_data", Slug: "django-row", Title: "Django: a row of the session store",
		Use:  "What the db, cached_db and file backends write into the store. The cookie holds only the key; nothing in the row says to which key it belongs.",
		Asks: asks("Session, as JSON", sampleJSON, true, ask(FieldTime, "Time, in seconds since 1970", demoTime)),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoDumps(sign.SaltSession, set.now, 0, true, set.secret)
		},
		write:  djangoObject,
		read:   asItIs,
		cut:    cutDumps,
		recipe: func(settings) recipe { return djangoRecipe(sign.SaltSession) },
	},
	{
		Name: "django.signing.dumps", Slug: "django-dumps", Title: "Django: signing.dumps",
		Use: "Any JSON with the time, as django.core.signing.dumps writes it for links and tokens.",
		Asks: asks("Data, as JSON", sampleJSON, true, append([]Ask{ask(FieldSalt, "Salt", sign.SaltDumps),
			choice("Compress", true, false, "no", "yes")}, timed("0")...)...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoDumps(set.salt, set.now, set.lifetime, set.choice == "yes", set.secret)
		},
		write: func(set settings) (string, error) {
			v, err := codec.ParseJSON(set.value)
			if err != nil {
				return "", err
			}
			return codec.PythonJSON(v), nil
		},
		read:   asItIs,
		cut:    cutDumps,
		recipe: func(set settings) recipe { return djangoRecipe(set.salt) },
	},
	{
		Name: "django.Signer", Slug: "django-signer", Title: "Django: Signer",
		Use:  "A value and its HMAC, as django.core.signing.Signer writes it. No time.",
		Asks: asks("Value", sampleText, false, ask(FieldSalt, "Salt", sign.SaltSigner)),
		signer: func(set settings, _ string) sign.Signer {
			return sign.Django(set.salt, set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return cutPlain(text, ":", "the value, as it is", base64Signature("SHA256", 32))
		},
		recipe: func(set settings) recipe { return djangoRecipe(set.salt) },
	},
	{
		Name: "django.TimestampSigner", Slug: "django-timestamp", Title: "Django: TimestampSigner",
		Use:  "A value with the time and the HMAC of both.",
		Asks: asks("Value", sampleText, false, append([]Ask{ask(FieldSalt, "Salt", sign.SaltTimestamp)}, timed("0")...)...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoTimestamp(set.salt, set.now, set.lifetime, set.secret)
		},
		cut:    cutTimestamp,
		recipe: func(set settings) recipe { return djangoRecipe(set.salt) },
	},
	{
		Name: "django.set_signed_cookie", Slug: "django-cookie", Title: "Django: set_signed_cookie",
		Use: "A cookie of the application’s own: its value with the time and an HMAC that also covers the cookie’s name.",
		Asks: asks("Value", "ATTACKER", false, append([]Ask{ask(FieldName, "Cookie name", "session"),
			ask(FieldSalt, "Extra salt", "")}, timed("0")...)...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoSignedCookie(set.name, set.salt, set.now, set.lifetime, set.secret)
		},
		cut: cutTimestamp,
		recipe: func(set settings) recipe {
			r := djangoRecipe(set.name + set.salt)
			r.prefix += "django.http.cookies"
			return r
		},
	},
	{
		Name: "django._auth_user_hash", Slug: "django-auth-hash", Title: "Django: the session’s _auth_user_hash",
		Use: "A hash that Django keeps inside the session: the HMAC of the user’s password field. It ends all of the user’s sessions when the password changes.",
		Asks: []Ask{ask(FieldValue, "Password field", "pbkdf2_sha256$260000$saltsaltsalt$AAAA"),
			ask(FieldSecret, "Secret", DemoSecret)},
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoAuthHash(set.value, set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return []Layer{{Title: "The text", Parts: one(RoleSignature, text, hexSignature("SHA256")(text))}}
		},
		recipe: func(settings) recipe {
			return recipe{digest: "sha256", derive: "hash", prefix: sign.SaltAuthHash, encode: "hex"}
		},
	},
	{
		Name: "cookie-signature", Slug: "cookie-signature", Title: "Express: cookie-signature and express-session",
		Use: "A session id and its HMAC. express-session puts s: before it and percent-encodes it. No time, no salt.",
		Asks: asks("Session id", sampleText, false,
			choice("Written as", true, false, "the signed value", "express-session’s cookie")),
		Malleable: "The signature is compared as text, but a cookie of express-session is percent-decoded first, so that the same text has many spellings.",
		signer: func(set settings, text string) sign.Signer {
			if set.choice == "express-session’s cookie" || strings.HasPrefix(sign.DecodeCookie(text), "s:") {
				return sign.ExpressSession(set.secret)
			}
			return sign.CookieSignature(set.secret)
		},
		cut:    cutExpress,
		recipe: func(settings) recipe { return recipe{digest: "sha256", encode: "base64"} },
	},
	{
		Name: "cookie-session(keygrip)", Slug: "cookie-session", Title: "Express: cookie-session",
		Use:       "Two cookies: one has the whole session as JSON in base64, the other, with .sig, its HMAC. Everybody can read the session. No time.",
		Asks:      asks("Session, as JSON", sampleJSON, true, ask(FieldName, "Cookie name", "session")),
		Malleable: "The two cookies may come in either order and among others; of two with one name the first counts. Each text by itself must be exact.",
		signer: func(set settings, _ string) sign.Signer {
			return sign.CookieSession(set.name, set.secret)
		},
		write: func(set settings) (string, error) {
			v, err := object(set.value)
			if err != nil {
				return "", err
			}
			return codec.NodeJSON(v), nil
		},
		read:   asItIs,
		cut:    cutCookieSession,
		recipe: func(settings) recipe { return recipe{digest: "sha1", encode: "base64url"} },
	},
	{
		Name: "gorilla/securecookie", Slug: "gorilla", Title: "Go: gorilla/securecookie",
		Use: "The time, the session in base64 and the HMAC, all in base64 once more. The HMAC also covers the cookie’s name. Everybody can read the session.",
		Asks: asks("Session, as JSON", sampleJSON, true, append([]Ask{ask(FieldName, "Cookie name", "session"),
			choice("Serializer", true, false, "gob", "JSON")}, timed("2592000")...)...),
		Malleable: "The outer base64 is decoded before anything is checked, and Go passes over line breaks and the unused bits of the last character. The text may change, the value may not.",
		signer: func(set settings, _ string) sign.Signer {
			return sign.Gorilla(set.name, set.now, set.lifetime, set.secret)
		},
		write: writeGorilla,
		read:  readGorilla,
		cut:   cutGorillaParts,
		recipe: func(settings) recipe {
			return recipe{digest: "sha256", encode: "base64url padded"}
		},
	},
}

func asItIs(s string) string { return s }

// object reads JSON text that must be an object, as a session is one.
func object(text string) (codec.Object, error) {
	v, err := codec.ParseJSON(text)
	if err != nil {
		return nil, err
	}
	o, ok := v.(codec.Object)
	if !ok {
		return nil, errors.New("a session is an object, {…}")
	}
	return o, nil
}

func djangoObject(set settings) (string, error) {
	v, err := object(set.value)
	if err != nil {
		return "", err
	}
	return codec.PythonJSON(v), nil
}

func writeGorilla(set settings) (string, error) {
	v, err := codec.ParseJSON(set.value)
	if err != nil {
		return "", err
	}
	if set.choice == "JSON" {
		return codec.GoJSON(v) + "\n", nil
	}
	if s, ok := v.(string); ok {
		return codec.GobEncode(s), nil // the id of a FilesystemStore
	}
	o, ok := v.(codec.Object)
	if !ok {
		return "", errors.New("in gob a session is an object, {…}, and the id of a stored one a string")
	}
	for _, m := range o {
		switch v := m.Value.(type) {
		case codec.Object, []any:
			return "", errors.New("a list or an object inside a session needs a type of its own in gob; choose the JSON serializer")
		case codec.Int:
			if _, err := strconv.ParseInt(string(v), 10, 64); err != nil {
				return "", errors.New("the number " + string(v) + " fits no int")
			}
		}
	}
	return codec.GobEncode(o), nil
}

func readGorilla(data string) string {
	if _, err := codec.ParseJSON(data); err == nil {
		return strings.TrimSpace(data)
	}
	v, err := codec.GobDecode(data)
	if err != nil {
		return data
	}
	return codec.GoJSON(v)
}

func djangoRecipe(salt string) recipe {
	return recipe{digest: "sha256", derive: "hash", prefix: salt + "signer", encode: "base64url"}
}
