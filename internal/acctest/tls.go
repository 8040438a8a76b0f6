package acctest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// authority is the file with the certificate of every server that speaks TLS here. [Main] makes all clients in the process trust it,
// by SSL_CERT_FILE, which Go reads once; so do workspaces.
var authority = sync.OnceValues(func() (file string, err error) {
	folder, err := os.MkdirTemp("", "authority-")
	if err != nil {
		return "", err
	}
	file = filepath.Join(folder, "ca.pem")
	return file, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate().Certificate[0]}), 0o600)
})

// certificate is that of the loopback address, which signs itself. It is not the one of [httptest], which stays unknown to clients.
var certificate = sync.OnceValue(func() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	return tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key}
})

// Lines are the connections of a server.
type Lines struct {
	net.Listener
	mutex sync.Mutex
	open  []*line
}

// line is a connection that can go silent.
type line struct {
	net.Conn
	silent atomic.Bool
}

// Silence makes the connections that are open now go silent, as behind a router that lost its table: they stay open, and nothing
// comes through any more. New ones work.
func (l *Lines) Silence() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, one := range l.open {
		one.silent.Store(true)
	}
}

// Accept is that of [net.Listener].
func (l *Lines) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	one := &line{Conn: connection}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.open = append(l.open, one)
	return one, nil
}

func (l *line) Read(into []byte) (count int, err error) {
	for count, err = l.Conn.Read(into); err == nil && l.silent.Load(); count, err = l.Conn.Read(into) {
	}
	return count, err
}

func (l *line) Write(data []byte) (int, error) {
	if l.silent.Load() {
		return len(data), nil
	}
	return l.Conn.Write(data)
}

// ServeTLS is [World.Serve] over TLS, and over HTTP/2 with clients that speak it.
func (w *World) ServeTLS(t testing.TB, handler http.Handler) *Lines {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	lines := &Lines{Listener: server.Listener}
	server.Listener, server.EnableHTTP2 = lines, true
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate()}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	w.URL = server.URL
	return lines
}
