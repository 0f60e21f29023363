package main
import ("testing";"time")
func TestZZ(t *testing.T){ var tot time.Duration; for i:=range matrixSize(){ s:=time.Now(); observe(i); d:=time.Since(s); tot+=d; if d>3*time.Millisecond {t.Log(i, i/14, d)} }; t.Log(tot) }
