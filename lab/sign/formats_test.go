package sign

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/lab/codec"
)

// verdict is what expect says in the vectors.
func verdict(err error) string {
	switch {
	case err == nil:
		return "accept"
	case errors.Is(err, ErrCrash):
		return "error"
	}
	return "reject"
}

// unsign compares the verdict, and the value where it is accepted.
func (c *complaint) unsign(v vector, s Signer, signed, want string) {
	got, err := s.Unsign(signed)
	c.same("verdict", verdict(err), v.str("expect"))
	if err == nil {
		c.same("value", got, want)
	}
	x := s.(Explainer).Explain(signed)
	if expired := errors.Is(err, ErrExpired); !x.Equal && (err == nil || expired) {
		c.same("Explain", "not equal", fmt.Sprint(err))
	}
}

func (c *complaint) key(v vector, x Check) {
	c.field(v, "derived_key_hex", hex.EncodeToString(x.Key))
}

// expected is the value that an accepted edge row gives: text or an object.
func expected(t *testing.T, v vector) string {
	if strings.HasPrefix(string(v["result"]), `"`) {
		return v.str("result")
	}
	return v.object(t, "result")
}

// djangoEdge checks a row under every version of Django from 4.0 on.
func (c *complaint) djangoEdge(v vector, make func() Signer, signed, want string) {
	for version, expect := range v.versions() {
		s := make()
		got, err := s.Unsign(signed)
		c.same(version+" verdict", verdict(err), expect)
		if err == nil {
			c.same(version+" value", got, want)
			if x := s.(Explainer).Explain(signed); !x.Equal || x.Expected != x.Received {
				c.same(version+" Explain", x.Received, x.Expected)
			}
		}
	}
}

// formats says for each format how to check a row. edge is for decoding only.
var formats = map[string]func(t *testing.T, c *complaint, v vector, edge bool){
	"django.Signer": func(t *testing.T, c *complaint, v vector, edge bool) {
		make := func() Signer { return Django(v.str("salt"), v.str("secret")) }
		c.djangoEdge(v, make, v.str("signed"), v.str("result"))
		if !edge {
			c.signs(v, make(), v.str("value"), "signed")
		}
	},
	"django.TimestampSigner": func(t *testing.T, c *complaint, v vector, edge bool) {
		make := func() Signer { return DjangoTimestamp(v.str("salt"), v.clock(), v.maxAge(), v.str("secret")) }
		c.djangoEdge(v, make, v.str("signed"), v.str("result"))
		if !edge {
			c.field(v, "base62", base62(v.clock()().Unix()))
			c.signs(v, make(), v.str("value"), "signed")
		}
	},
	"django.signing.dumps": func(t *testing.T, c *complaint, v vector, edge bool) {
		c.dumps(t, v, "signed", v.str("salt"), v.bool("compress"), v.maxAge(), edge)
	},
	"django.signed_cookies": func(t *testing.T, c *complaint, v vector, edge bool) {
		c.same("salt", SaltSignedCookies, v.str("salt"))
		c.dumps(t, v, "cookie_value", SaltSignedCookies, true, 1209600*time.Second, edge)
	},
	"django.db_session_data": func(t *testing.T, c *complaint, v vector, edge bool) {
		c.same("salt", SaltSession, v.str("salt"))
		c.dumps(t, v, "session_data", SaltSession, true, 0, edge)
	},
	"django.set_signed_cookie": func(t *testing.T, c *complaint, v vector, edge bool) {
		name := v.str("cookie_name")
		extra := strings.TrimPrefix(v.str("salt"), name)
		secret := strings.TrimPrefix(v.str("signing_key"), "django.http.cookies")
		if v.has("extra_salt") {
			c.same("extra_salt", extra, v.str("extra_salt"))
		}
		make := func() Signer { return DjangoSignedCookie(name, extra, v.clock(), v.maxAge(), secret) }
		want := v.str("value")
		if edge {
			want = v.str("result")
		}
		c.djangoEdge(v, make, v.str("cookie_value"), want)
		if !edge {
			c.signs(v, make(), v.str("value"), "cookie_value")
		}
	},
	"django._auth_user_hash": func(t *testing.T, c *complaint, v vector, edge bool) {
		h := DjangoAuthHash(v.str("password_field"), v.str("secret"))
		hash := v.str("session_auth_hash")
		if !edge {
			c.same("hash", h.Hash(), hash)
		}
		c.key(v, h.Explain(hash))
		for version, expect := range v.versions() {
			c.same(version, map[bool]string{true: "accept", false: "reject"}[h.Index(hash) >= 0], expect)
		}
	},
	"seed.flask": func(t *testing.T, c *complaint, v vector, edge bool) {
		s := Seed(v.str("secret"))
		c.unsign(v, s, v.str("cookie"), v.str("result"))
		if !edge {
			c.signs(v, s, v.str("session_id"), "cookie")
		}
	},
	"flask.session": func(t *testing.T, c *complaint, v vector, edge bool) {
		s := FlaskSession(v.clock(), v.maxAge(), v.str("secret"))
		if edge {
			c.unsign(v, s, v.str("cookie"), expected(t, v))
			return
		}
		text := v.str("serialized")
		if v.has("object_repr") {
			obj, err := pyLiteral(v.str("object_repr"))
			if err != nil {
				*c = append(*c, err.Error())
				return
			}
			c.same("serialized", codec.FlaskJSON(obj), text)
		} else if i := strings.IndexByte(v.str("cookie"), '.'); text == "" && i >= 0 {
			text, _ = Peek(v.str("cookie"))
		}
		signed := s.Sign(text)
		c.field(v, "cookie", signed)
		parts := strings.Split(signed, ".")
		c.field(v, "timestamp_b64", parts[len(parts)-2])
		if v.has("zlib_used") {
			c.same("zlib_used", fmt.Sprint(signed[0] == '.'), string(v["zlib_used"]))
		}
		c.mac(v, s, signed, "hmac_hex")
		c.unsign(v, s, v.str("cookie"), text)
	},
	"itsdangerous.Signer": func(t *testing.T, c *complaint, v vector, edge bool) {
		derivation := DeriveHMAC
		if v.has("key_derivation") {
			derivation = Derivation(v.str("key_derivation"))
		}
		digests := map[string]func() hash.Hash{"": sha1.New, "sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}
		var s Signer = itsDangerous{itsRing("", digests[v.str("digest")], v.str("salt"), derivation, []string{v.str("secret")})}
		c.unsign(v, s, v.str("signed"), v.str("result"))
		if !edge {
			c.signs(v, s, v.str("value"), "signed")
		}
	},
	"cookie-signature": func(t *testing.T, c *complaint, v vector, edge bool) {
		s, x := CookieSignature(v.str("secret")), ExpressSession(v.str("secret"))
		c.unsign(v, s, v.str("signed"), v.str("result"))
		c.unsign(v, x, encodeURIComponent("s:"+v.str("signed")), v.str("result"))
		if edge {
			return
		}
		c.signs(v, s, v.str("value"), "signed")
		c.same("cookie_value", "s:"+s.Sign(v.str("value")), v.str("cookie_value"))
		c.same("set_cookie_value", x.Sign(v.str("value")), v.str("set_cookie_value"))
		if v.has("set_cookie_line") && !strings.HasPrefix(v.str("set_cookie_line"), "connect.sid="+x.Sign(v.str("value"))+";") {
			c.same("set_cookie_line", x.Sign(v.str("value")), v.str("set_cookie_line"))
		}
	},
	"cookie-session(keygrip)": func(t *testing.T, c *complaint, v vector, edge bool) {
		var keys []string
		json.Unmarshal(v["keys"], &keys)
		var cookies map[string]string
		json.Unmarshal(v["cookies"], &cookies)
		var header []string
		name := ""
		for k, value := range cookies {
			header = append(header, k+"="+value)
			if !strings.HasSuffix(k, ".sig") {
				name = k
			}
		}
		slices.Sort(header)
		s := CookieSession(name, keys...)
		text := ""
		if v.has("object") {
			text = codec.NodeJSON(mustParse(t, string(v["object"])))
		}
		got, err := s.Unsign(strings.Join(header, "; "))
		c.same("verdict", verdict(err), v.str("expect"))
		if err == nil && text != "" {
			c.same("value", got, text)
		}
		index := newKeygrip(keys).index(name+"="+cookies[name], cookies[name+".sig"])
		if v.has("key_index") {
			c.same("key_index", fmt.Sprint(index), string(v["key_index"]))
		}
		if edge {
			return
		}
		want := name + "=" + cookies[name] + "; " + name + ".sig=" + cookies[name+".sig"]
		c.same("cookies", s.Sign(text), want)
		c.mac(v, s, want, "hmac_sha1_hex")
	},
	"gorilla/securecookie": func(t *testing.T, c *complaint, v vector, edge bool) {
		s := Gorilla(v.str("cookie_name"), v.clock(), v.maxAge(), v.str("hash_key"))
		raw, err := hex.DecodeString(v.str("serialized_hex"))
		if err != nil {
			t.Fatal(err)
		}
		if edge {
			got, err := s.Unsign(v.str("cookie"))
			if err == nil {
				err = gorillaReads(v.str("serializer"), []byte(got))
			}
			c.same("verdict", verdict(err), v.str("expect"))
			if err == nil {
				c.serialized(t, v, []byte(got))
			}
			return
		}
		c.serialized(t, v, raw)
		c.field(v, "cookie", s.Sign(string(raw)))
		c.unsign(v, s, v.str("cookie"), string(raw))
		x := s.(Explainer).Explain(v.str("cookie"))
		c.field(v, "mac_input", x.Message)
		c.mac(v, s, v.str("cookie"), "mac_hex")
	},
}

// serialized checks that package codec reads and writes the bytes that gorilla's
// serializer made of the row's value. NopEncoder makes none: its values are bytes
// already, whatever they hold, and nothing decodes them.
func (c *complaint) serialized(t *testing.T, v vector, raw []byte) {
	switch kind := v.str("serializer"); kind {
	case "json":
		value := mustParse(t, string(raw))
		c.same("JSON", codec.GoJSON(value)+"\n", string(raw))
		c.field(v, "value", goText(value))
	case "gob":
		value, err := codec.GobDecode(string(raw))
		if known := gobKnown(t, raw); known != (err == nil) {
			*c = append(*c, fmt.Sprintf("GobDecode: %v, and encoding/gob finds an id or Values: %v", err, known))
		}
		if err == nil {
			c.same("gob", codec.GobEncode(value), string(raw))
			c.field(v, "value", goText(value))
		}
	case "nop":
		if text := v.str("value"); text != string(raw) { // a file may hold the bytes as text
			c.field(v, "value", fmt.Sprint(raw))
		}
	default:
		*c = append(*c, fmt.Sprintf("no serializer of gorilla's is called %q", kind))
	}
}

// gorillaReads is what the standard library says of bytes that the serializer of
// that name is to read, whatever their type.
func gorillaReads(serializer string, raw []byte) error {
	switch serializer {
	case "gob":
		return gob.NewDecoder(bytes.NewReader(raw)).DecodeValue(reflect.Value{}) // reads and drops it
	case "json":
		return json.NewDecoder(bytes.NewReader(raw)).Decode(new(any))
	}
	return nil
}

// gobKnown reports whether encoding/gob finds in raw one of the two types that
// gorilla/sessions puts into cookies, a string or a map of interfaces. It fails t
// where raw is no gob at all.
func gobKnown(t *testing.T, raw []byte) bool {
	t.Helper()
	if err := gorillaReads("gob", raw); err != nil {
		t.Errorf("%x: not written by gob: %v", raw, err)
	}
	for _, into := range []any{new(string), new(map[any]any)} {
		if gob.NewDecoder(bytes.NewReader(raw)).Decode(into) == nil {
			return true
		}
	}
	return false
}

// signs checks what the signer mints, and the working it shows.
func (c *complaint) signs(v vector, s Signer, value, field string) {
	signed := s.Sign(value)
	c.field(v, field, signed)
	c.mac(v, s, signed, "hmac_hex")
}

func (c *complaint) mac(v vector, s Signer, signed, field string) {
	x := s.(Explainer).Explain(signed)
	if !x.Equal || x.Expected != x.Received {
		c.same("Explain", x.Received, x.Expected)
	}
	c.key(v, x)
	if !v.has(field) {
		return
	}
	sum, err := hex.DecodeString(x.Expected)
	if _, seed := s.(seed); !seed || err != nil {
		sum, _ = codec.PyBase64(codec.Pad(x.Expected), codec.Base64URL)
	}
	c.same(field, hex.EncodeToString(sum), v.str(field))
}

func (c *complaint) dumps(t *testing.T, v vector, field, salt string, compress bool, maxAge time.Duration, edge bool) {
	make := func() Signer { return DjangoDumps(salt, v.clock(), maxAge, compress, v.str("secret")) }
	want := v.str("serialized")
	if edge {
		want = expected(t, v)
	}
	c.djangoEdge(v, make, v.str(field), want)
	if edge {
		return
	}
	c.same("serialized", v.object(t, "object"), want)
	if v.has("result") {
		c.same("result", v.object(t, "result"), want)
	}
	c.signs(v, make(), want, field)
	if v.has("zlib_used") {
		c.same("zlib_used", fmt.Sprint(make().Sign(want)[0] == '.'), string(v["zlib_used"]))
	}
	peeked, _ := Peek(v.str(field))
	c.same("Peek", peeked, want)
}

// goText is fmt.Sprint of the Go value that v stands for.
func goText(v any) string {
	o, ok := v.(codec.Object)
	if !ok {
		return fmt.Sprint(v)
	}
	m := map[string]string{}
	for _, e := range o {
		m[e.Key] = goText(e.Value)
	}
	return fmt.Sprint(m)
}
