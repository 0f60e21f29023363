//go:build !wasm

package audit

import (
	"context"
	"io"
	"net"
	"net/url"
	"time"
)

// preface is how a client begins HTTP/2, with settings of none (RFC 9113, 3.4 and 6.5).
const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\x00\x00\x00\x04\x00\x00\x00\x00\x00"

// speaksHTTP2 reports whether a server speaks HTTP/2 without TLS: it answers the preface
// with its own settings.
func (c *client) speaksHTTP2(u *url.URL) bool {
	if u.Scheme != "http" {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), min(c.Timeout, 2*time.Second))
	defer cancel()
	port := u.Port()
	set(&port, "80")
	conn, err := c.dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return false
	}
	defer conn.Close()
	until, _ := ctx.Deadline()
	conn.SetDeadline(until)
	if _, err := io.WriteString(conn, preface); err != nil {
		return false
	}
	head := make([]byte, 9)
	_, err = io.ReadFull(conn, head)
	const settings = 4
	return err == nil && head[3] == settings && head[4] == 0 && head[0] == 0
}
