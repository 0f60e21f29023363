package bench

import (
	"strconv"
	"strings"
	"time"
)

// A Field is one of the inputs of a Scheme.
type Field int

// The fields of a Form.
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

// A Form holds the text of each field, indexed by Field, as it was typed.
type Form [fields]string

// An Ask is one field of a Scheme and how it is displayed.
type Ask struct {
	Field   Field
	Label   string
	Default string
	Options []string // of FieldChoice, the default first
	Long    bool     // the value is JSON and may have several lines
	Signing bool     // signing needs it
	Reading bool     // verifying needs it
}

// A FieldError reports what is wrong with a field of a Form, in a sentence that
// begins with the field's label.
type FieldError struct {
	Field Field
	Why   string
}

func (e *FieldError) Error() string { return e.Why }

// settings are the fields of a Form, parsed.
type settings struct {
	value, secret, salt, name, choice string
	time                              time.Time
	lifetime                          time.Duration
}

func (set settings) now() time.Time { return set.time }

// maxTime is the last second of the year 9999.
const maxTime = 253402300799

// settle reads the fields of f that are asked for, to sign or to verify. Its
// error is a *FieldError.
func settle(asks []Ask, f Form, signing bool) (settings, error) {
	set := settings{time: time.Unix(0, 0)}
	for _, a := range asks {
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

// demoSecret is the signing secret of the Flask article.
const demoSecret = "super-secret-key"

// demoTime is 2023-11-14 22:13:20 UTC.
const demoTime = "1700000000"

func ask(f Field, label, value string) Ask {
	return Ask{Field: f, Label: label, Default: value, Signing: true, Reading: true}
}

func asks(value, sample string, json bool, more ...Ask) []Ask {
	v := Ask{Field: FieldValue, Label: value, Default: sample, Signing: true, Long: json}
	return append([]Ask{v, ask(FieldSecret, "Secret", demoSecret)}, more...)
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
