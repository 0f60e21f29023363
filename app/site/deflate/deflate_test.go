package deflate

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"os"
	"testing"
)

func inflate(t *testing.T, packed []byte) []byte {
	t.Helper()
	b, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// kinds are inputs that find the corners: nothing, one byte, runs, noise, matches
// at every distance, and more than a stretch.
func kinds() map[string][]byte {
	dice := rand.New(rand.NewChaCha8([32]byte{}))
	noise := func(n, of int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(dice.IntN(of))
		}
		return b
	}
	far := noise(window, 256)
	var skew []byte // frequencies like Fibonacci's numbers make codes that are too long
	for i, a, b := 0, 1, 1; i < 24; i, a, b = i+1, b, a+b {
		skew = append(skew, bytes.Repeat([]byte{byte(i)}, a)...)
	}
	dice.Shuffle(len(skew), func(i, k int) { skew[i], skew[k] = skew[k], skew[i] })
	return map[string][]byte{
		"nothing": nil, "a byte": {7}, "two": {1, 2}, "three": {1, 1, 1}, "four": {1, 1, 1, 1},
		"a run": make([]byte, 100_000), "a run over a stretch": append(make([]byte, stretch+3), 1, 0, 0, 0),
		"noise": noise(200_000, 256), "few letters": noise(100_000, 3), "two letters": noise(3000, 2),
		"the whole window":     append(append(append([]byte{}, far...), far...), far[1:]...),
		"long codes":           skew,
		"a stretch and a byte": noise(stretch+1, 5),
	}
}

func TestRoundTrip(t *testing.T) {
	for name, b := range kinds() {
		packed := Deflate(b)
		if got := inflate(t, packed); !bytes.Equal(got, b) {
			t.Errorf("%s: %d bytes come back as %d", name, len(b), len(got))
		}
		if len(packed) > len(b)+len(b)/1000+16 {
			t.Errorf("%s: %d bytes grow to %d", name, len(b), len(packed))
		}
		if len(b) < stretch && !bytes.Equal(packed, Deflate(b)) {
			t.Errorf("%s: packed twice, it differs", name)
		}
	}
}

// TestGzip: the format is read by others, and what this package is for holds: it
// is smaller than level 9, here for its own test program.
func TestGzip(t *testing.T) {
	b, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	b = b[:min(len(b), stretch+stretch/2)]
	packed := Gzip(b)
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, b) {
		t.Fatalf("%v, and %d bytes of %d", err, len(got), len(b))
	}
	var plain bytes.Buffer
	w, _ := gzip.NewWriterLevel(&plain, gzip.BestCompression)
	w.Write(b)
	w.Close()
	if len(packed) > plain.Len()*97/100 {
		t.Errorf("%d bytes, gzip -9 makes it %d", len(packed), plain.Len())
	}
}

func FuzzDeflate(f *testing.F) {
	for _, b := range kinds() {
		if len(b) < 4000 {
			f.Add(b, uint16(1))
		}
	}
	f.Add([]byte("abcabcabcd"), uint16(700))
	f.Fuzz(func(t *testing.T, b []byte, times uint16) {
		b = bytes.Repeat(b, int(times%1000)+1)
		if len(b) > 1<<18 {
			return
		}
		if got := inflate(t, Deflate(b)); !bytes.Equal(got, b) {
			t.Fatalf("%d bytes come back as %d", len(b), len(got))
		}
	})
}
