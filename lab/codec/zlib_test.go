package codec

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"hash/adler32"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/zlib-sums.txt anew, with python3's zlib")

const zlibSums = "testdata/zlib-sums.txt"

// zlibInput is the n-th of a fixed row of inputs that exercise the encoder:
// session-like JSON, few letters, noise, skewed letters, and long runs.
func zlibInput(n int) string {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	letters := func(alphabet string, size int) string {
		b := make([]byte, size)
		for i := range b {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(b)
	}
	switch n % 8 {
	case 0:
		return letters("abc", r.IntN(8000))
	case 1:
		b := make([]byte, r.IntN(3000))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return string(b)
	case 2: // code lengths beyond the limit: letter k comes fib(k) times
		var b []byte
		for k, x, y := 0, 1, 1; k < 18+n%3; k, x, y = k+1, y, x+y {
			b = append(b, bytes.Repeat([]byte{byte('A' + k)}, x)...)
		}
		r.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
		return string(b)
	case 3: // more than one block and window
		if n < 32 {
			return letters("abcdefghij", 20000+r.IntN(80000))
		}
	}
	words := []string{
		"_auth_user_id", "_auth_user_backend", "django.contrib.auth.backends.ModelBackend",
		"_auth_user_hash", "cart", "attacker-item", "alice", "mallory", "</script>", "日本", "\"\\",
	}
	for range r.IntN(40) {
		words = append(words, letters("abcdefghijklmnopqrstuvwxyz_", 1+r.IntN(12)))
	}
	word := func() string { return words[r.IntN(len(words))] }
	var value func(depth int) any
	value = func(depth int) any {
		switch k := r.IntN(12); {
		case k < 3:
			return word()
		case k < 5:
			return letters("0123456789abcdef", 8<<r.IntN(5))
		case k < 6:
			return r.Int64() >> r.IntN(60)
		case k < 7:
			return strings.Repeat("y", r.IntN(700))
		case k < 8:
			return strings.Repeat(word()+" ", r.IntN(80))
		case k < 9 || depth > 3:
			return []any{nil, true, 1.5, r.Float64()}[r.IntN(4)]
		case k < 10:
			a := []any{}
			for range r.IntN(8) {
				a = append(a, value(depth+1))
			}
			return a
		}
		o := Object{}
		for range r.IntN(8) {
			o = append(o, Member{word(), value(depth + 1)})
		}
		return o
	}
	o := Object{}
	for range r.IntN(2 + n%20) {
		o = append(o, Member{word(), value(0)})
	}
	text := PythonJSON(o)
	return text[:min(len(text), 8192)]
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:8])
}

// TestZlib compares with sums of what C zlib made of the same inputs.
func TestZlib(t *testing.T) {
	const inputs = 400
	if *update {
		var out strings.Builder
		for i, z := range pythonZlib(t, inputs) {
			fmt.Fprintln(&out, i, len(z), sum(z))
		}
		if err := os.WriteFile(zlibSums, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(zlibSums)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) != inputs {
		t.Fatalf("%s has %d lines, want %d", zlibSums, len(lines), inputs)
	}
	var d Deflater
	for i, want := range lines {
		in := zlibInput(i)
		z := d.compress(in)
		if got := fmt.Sprint(i, len(z), " ", sum(z)); strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("input %d of %d bytes\ngot  %s\nwant %s", i, len(in), got, want)
		}
		if back, err := inflate(z, 1<<20); err != nil || string(back) != in {
			t.Errorf("input %d does not come back: %v", i, err)
		}
		r := rand.New(rand.NewPCG(uint64(i), 2))
		for range 5 {
			bad := bytes.Clone(z[:min(len(z), 3000)])
			bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
			got, err := inflate(bad, 1<<20)
			want, wantErr := goInflate(bad)
			if (err == nil) != (wantErr == nil) || err == nil && string(got) != want {
				t.Errorf("input %d broken: %d bytes, %v; compress/zlib %d bytes, %v", i, len(got), err, len(want), wantErr)
			}
		}
	}
}

// TestDictionary: C zlib with a dictionary, and compress/flate with one.
func TestDictionary(t *testing.T) {
	const (
		dict = "mallory get /\nmallory copy loot\nalice post /login user=alice password=correct-horse\n"
		text = "alice get /\nmallory copy mine\nalice post /login user=alice password=correct-horse\nmallory get /profile\n"
		// zlib.compressobj(6, wbits=-15, zdict=dict) of Python's C zlib
		want = "834862313137332f952c1373915d5950949f969993ca0500"
	)
	var d Deflater
	d.compress(dict) // leaves no trace
	if got := hex.EncodeToString(d.Deflate(dict, text)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for i := range 200 {
		dict, text := zlibInput(i), zlibInput(i+1)
		dict = dict[:min(len(dict), 1<<15)]
		z := d.Deflate(dict, text)
		if got, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(z), []byte(dict))); err != nil || string(got) != text {
			t.Errorf("input %d: compress/flate reads %d bytes, %v", i, len(got), err)
		}
		var b bytes.Buffer
		w, _ := flate.NewWriterDict(&b, 9, []byte(dict))
		io.WriteString(w, text)
		w.Close()
		for _, z := range [][]byte{z, b.Bytes()} {
			if got, err := Inflate(dict, z, len(text)); err != nil || got != text {
				t.Errorf("input %d of %d bytes comes back with %d, %v", i, len(text), len(got), err)
			}
			if _, err := Inflate(dict, z, len(text)-1); err == nil && text != "" {
				t.Errorf("input %d: more than the limit was read", i)
			}
		}
	}
}

// TestZlibPython compares with the C zlib of this machine, byte for byte.
func TestZlibPython(t *testing.T) {
	const inputs = 1500
	want := pythonZlib(t, inputs)
	var d Deflater
	bad := 0
	for i, z := range want {
		in := zlibInput(i)
		if got := d.compress(in); !bytes.Equal(got, z) {
			if bad++; bad < 5 {
				t.Errorf("input %d of %d bytes: other bytes, %d for %d", i, len(in), len(got), len(z))
			}
		}
	}
	t.Logf("%d of %d agree", inputs-bad, inputs)
}

// pythonZlib compresses the first n inputs with python3, or skips the test.
func pythonZlib(t *testing.T, n int) [][]byte {
	const program = `import sys, zlib
if "ng" in zlib.ZLIB_RUNTIME_VERSION: sys.exit("zlib-ng")
for line in sys.stdin: print(zlib.compress(bytes.fromhex(line)).hex())`
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: ", err)
	}
	var in strings.Builder
	for i := range n {
		fmt.Fprintln(&in, hex.EncodeToString([]byte(zlibInput(i))))
	}
	cmd := exec.Command(python, "-c", program)
	cmd.Stdin = strings.NewReader(in.String())
	out, err := cmd.Output()
	if err != nil {
		t.Skip("python3 has no C zlib: ", err)
	}
	var zs [][]byte
	for _, line := range strings.Fields(string(out)) {
		z, err := hex.DecodeString(line)
		if err != nil {
			t.Fatal(err)
		}
		zs = append(zs, z)
	}
	if len(zs) != n {
		t.Fatalf("%d answers to %d inputs", len(zs), n)
	}
	return zs
}

func goInflate(z []byte) (string, error) {
	r, err := zlib.NewReader(bytes.NewReader(z))
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), err
}

// FuzzInflate: inflate takes what compress/flate takes.
func FuzzInflate(f *testing.F) {
	var d Deflater
	for i := range 24 {
		if in := zlibInput(i); len(in) < 2000 {
			f.Add(d.compress(in))
		}
	}
	f.Add([]byte{0x78, 0x9c, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01})
	f.Fuzz(func(t *testing.T, z []byte) {
		// The body decides: header and checksum are made to fit.
		if len(z) < 2 {
			return
		}
		body := bytes.NewReader(z[2:])
		want, wantErr := io.ReadAll(flate.NewReader(body))
		z = append([]byte{0x78, 0x9c}, z[2:len(z)-body.Len()]...)
		z = binary.BigEndian.AppendUint32(z, adler32.Checksum(want))
		got, err := inflate(z, 1<<24)
		if (err == nil) != (wantErr == nil) || err == nil && !bytes.Equal(got, want) {
			t.Errorf("inflate(%x) = %d bytes, %v; compress/flate %d bytes, %v", z, len(got), err, len(want), wantErr)
		}
	})
}

func BenchmarkZlib(b *testing.B) {
	const session = `{"cart":"attacker-item","_auth_user_id":"1","_auth_user_backend":"django.contrib.auth.backends.ModelBackend","_auth_user_hash":"a729b7ca1554a49a212c0b1de42bde2f184ffa0be5b80301dd8b62f5657ff27d"}`
	var d Deflater
	b.SetBytes(int64(len(session)))
	for b.Loop() {
		d.compress(session)
	}
}
