package codec

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/base64"
	"io"
	"strings"
	"testing"
)

func TestPack(t *testing.T) {
	var d Deflater
	for _, text := range []string{"", "a", "title: X\nprofile: signed-id\n\nmallory get /\n", strings.Repeat("alice get /profile\n", 2000), "\x00\xff\u202e"} {
		packed := Pack(text, &d)
		if strings.ContainsAny(packed, "+/=") {
			t.Errorf("%q is not base64url", packed)
		}
		if back, err := Unpack(packed, 1<<20); err != nil || back != text {
			t.Errorf("%.40q comes back as %.40q, %v", text, back, err)
		}
		z, err := base64.RawURLEncoding.DecodeString(packed)
		if err != nil {
			t.Fatal(err)
		}
		if out, err := io.ReadAll(flate.NewReader(bytes.NewReader(z))); err != nil || string(out) != text {
			t.Errorf("compress/flate reads %.40q, %v", out, err)
		}
		for _, pad := range []string{"", "=", "=="} {
			var b bytes.Buffer
			w := zlib.NewWriter(&b)
			io.WriteString(w, text)
			w.Close()
			if back, err := Unpack(base64.RawURLEncoding.EncodeToString(b.Bytes())+pad, 1<<20); err != nil || back != text {
				t.Errorf("zlib's %.40q comes back as %.40q, %v", text, back, err)
			}
		}
	}
	bomb := Pack(strings.Repeat("x", 1<<20+1), &d)
	for _, bad := range []string{"", "!", "AAAA", bomb, bomb[:len(bomb)/2], "eJw"} {
		if text, err := Unpack(bad, 1<<20); err == nil {
			t.Errorf("%.20q is read as %.20q", bad, text)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	var d Deflater
	f.Add(Pack("title: X", &d))
	f.Add("eJwDAAAAAAE")
	f.Fuzz(func(t *testing.T, text string) {
		plain, err := Unpack(text, 1<<16)
		if err != nil {
			return
		}
		if len(plain) > 1<<16 {
			t.Fatalf("%d bytes", len(plain))
		}
		if again, err := Unpack(Pack(plain, &d), 1<<16); err != nil || again != plain {
			t.Fatalf("%q: %v", plain, err)
		}
	})
}
