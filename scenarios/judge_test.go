package scenarios

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/judge"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/sign"
)

// TestNoTextIsRead: the verdict of every lesson, clauses and all, is the same
// when the events have no text.
func TestNoTextIsRead(t *testing.T) {
	for _, s := range all(t) {
		for _, w := range s.Wants {
			tr := run(t, as(t, s, w), w.On)
			told, blank := judge.New(0, len(tr.Frames)-1, false), judge.New(0, len(tr.Frames)-1, false)
			for _, f := range tr.Frames {
				told.Hear(f.Events)
				events := slices.Clone(f.Events)
				for i := range events {
					events[i].Text = ""
				}
				blank.Hear(events)
			}
			if got, want := blank.Verdict(), told.Verdict(); !reflect.DeepEqual(got, want) {
				t.Errorf("%s %s:\n got %+v\nwant %+v", s.Name, w.Row(), got, want)
			}
		}
	}
}

// A wrapped signer puts what another signer makes under a nonce that is never
// used twice, so that the same value looks different every time. A sealed one
// encrypts it besides: nobody can read it.
type wrapped struct {
	sign.Signer
	aead  cipher.AEAD // nil: readable
	nonce uint64
}

func (s *wrapped) Sign(value string) string {
	s.nonce++
	nonce := binary.BigEndian.AppendUint64(make([]byte, 4, 12), s.nonce)
	text := []byte(s.Signer.Sign(value))
	if s.aead != nil {
		text = s.aead.Seal(nil, nonce, text, nil)
	}
	return hex.EncodeToString(append(nonce, text...))
}

func (s *wrapped) Unsign(text string) (string, error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) < 12 {
		return "", sign.ErrMalformed
	}
	inner := b[12:]
	if s.aead != nil {
		if inner, err = s.aead.Open(nil, b[:12], inner, nil); err != nil {
			return "", sign.ErrBadSignature
		}
	}
	return s.Signer.Unsign(string(inner))
}

func aead(t *testing.T) cipher.AEAD {
	block, err := aes.NewCipher([]byte("no browser knows"))
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	return aead
}

// twin adds a profile that is p with wrapped cookies, for the length of the test.
func twin(t *testing.T, p server.Profile, name string, aead cipher.AEAD) string {
	was := server.Profiles
	t.Cleanup(func() { server.Profiles = was })
	inner := p.Signer
	p.ID = name + "-" + p.ID
	p.Signer = func(now func() time.Time, secrets []string) sign.Signer {
		return &wrapped{Signer: inner(now, secrets), aead: aead}
	}
	server.Profiles = append(slices.Clone(was), p)
	return p.ID
}

// TestSealedTwin: a server whose cookies, and whose rows where it signs them,
// nobody can read is judged as its readable twin is, over every lesson that is
// open to it.
func TestSealedTwin(t *testing.T) {
	lessons, runs := all(t), 0
	for _, p := range server.Profiles {
		// The others take a signed text apart, or compare one with another.
		if strings.HasPrefix(p.ID, "django") && p.ID != "django-signed-cookies" || p.ID == "cookie-session" {
			continue
		}
		t.Run(p.ID, func(t *testing.T) {
			readable, sealed := twin(t, p, "readable", nil), twin(t, p, "sealed", aead(t))
			on := func(s *script.Scenario, profile string, d defence.Set) (any, error) {
				played := *s
				played.Profile = profile
				tr, err := lab.Run(&played, d)
				if err != nil {
					return nil, err
				}
				return result(tr), nil
			}
			compare := func(s *script.Scenario, d defence.Set) {
				t.Helper()
				if p.ID == "django-signed-cookies" { // Django's own login signs a password's hash, and compares it
					d &^= defence.FrameworkLogin
				}
				a, errA := on(s, sealed, d)
				b, errB := on(s, readable, d)
				runs++
				if (errA == nil) != (errB == nil) || !reflect.DeepEqual(a, b) {
					t.Errorf("%s (%s, %s, %s) under %s:\nsealed   %+v\nreadable %+v", s.Name, s.Route, s.Token, p.ID, d, a, b)
				}
			}
			for _, s := range lessons {
				if s.Profile == p.ID {
					for _, w := range s.Wants {
						if played := as(t, s, w); played.Profile == p.ID {
							compare(played, w.On)
						}
					}
				}
				if !s.Opens("route") {
					continue
				}
				ways := []*script.Scenario{s}
				if s.Name == Open {
					var err error
					if ways, err = Ways(s, s.Setup); err != nil {
						t.Fatal(err)
					}
				}
				for i, way := range ways {
					compare(way, 0)
					compare(way, defence.Sample((i+len(s.Name))%90))
				}
			}
		})
	}
	if runs < 2000 {
		t.Errorf("only %d runs", runs)
	}
}

// result is what must be the same of two runs, with short names for the keys.
func result(t *lab.Trace) any {
	v := t.Verdict
	return struct {
		Outcome event.Outcome
		Also    []event.Outcome
		Gate    event.Gate
		Frame   int
		Key     string
	}{v.Outcome, v.Also, v.Gate, v.Frame, t.Label(v.Key)}
}
