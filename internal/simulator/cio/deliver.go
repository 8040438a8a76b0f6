package cio

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	// SigningKey signs all deliveries. Customer.io shows the key in its UI only, never over the API.
	SigningKey = "simulated-webhook-signing-key"

	// deliveryTimeout is documented; an endpoint that takes longer is tried again later.
	deliveryTimeout = 4 * time.Second
)

// Delivery is what came of one POST of an event to a webhook's endpoint.
type Delivery struct {
	WebhookID string `json:"webhookId"`
	Event     string `json:"event"`
	// Endpoint is the host alone: whoever knows the whole URL can post to an inlet.
	Endpoint string `json:"endpoint"`
	// Status is what the endpoint answered, or 0 when it did not.
	Status int    `json:"status"`
	Error  string `json:"error,omitempty"`
}

// deliveryClient never goes through a proxy, and takes a redirect as the answer it is.
var deliveryClient = &http.Client{
	Timeout:   deliveryTimeout,
	Transport: &http.Transport{},
	CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	},
}

// deliver posts once. The retries of up to seven days that Customer.io documents are not simulated.
func deliver(ctx context.Context, e emission) Delivery {
	delivery := Delivery{WebhookID: e.webhookID, Event: e.event}
	endpoint, err := url.Parse(e.endpoint)
	if err != nil {
		delivery.Error = "the endpoint is not a URL"
		return delivery
	}
	delivery.Endpoint = endpoint.Host
	if !isLoopback(endpoint.Hostname()) {
		delivery.Error = fmt.Sprintf("not sent: %s is not on loopback, and the simulator posts nowhere else", endpoint.Host)
		return delivery
	}
	delivery.Status, err = post(ctx, e)
	switch {
	case err != nil:
		delivery.Error = err.Error()
	case delivery.Status/100 != 2:
		delivery.Error = "the endpoint answered " + strconv.Itoa(delivery.Status)
	}
	return delivery
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

func post(ctx context.Context, e emission) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.endpoint, bytes.NewReader(e.body))
	if err != nil {
		return 0, withoutURL(err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-CIO-Timestamp", timestamp)
	request.Header.Set("X-CIO-Signature", signature(timestamp, e.body))
	response, err := deliveryClient.Do(request)
	if err != nil {
		return 0, withoutURL(err)
	}
	defer func() { _ = response.Body.Close() }()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}

// signature is documented: the HMAC of version, timestamp and body, in hexadecimal.
func signature(timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(SigningKey))
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// withoutURL keeps the endpoint's path out of error messages, for the same reason as Delivery.Endpoint.
func withoutURL(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
