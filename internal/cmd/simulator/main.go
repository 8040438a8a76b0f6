// Command simulator serves the stand-in for Adobe Experience Platform and Customer.io on a loopback address.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const shutdownGrace = 3 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "simulator:", err)
		os.Exit(1)
	}
}

type settings struct {
	listen  string
	logging bool
	// pipelines is how many there are from the start, as people click them together.
	pipelines int
	options   simulator.Options
}

// run serves until the context ends.
func run(ctx context.Context, arguments []string, out, errOut io.Writer) error {
	chosen, err := parseFlags(arguments, errOut)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := requireLoopback(chosen.listen); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", chosen.listen)
	if err != nil {
		return fmt.Errorf("cannot listen: %w", err)
	}
	services, address := simulator.New(chosen.options), "http://"+listener.Addr().String()
	if err := fill(ctx, services, address, chosen, out); err != nil {
		return err
	}
	var handler http.Handler = services
	if chosen.logging {
		handler = logCalls(handler, log.New(errOut, "", log.Ltime))
	}
	announce(out, address, chosen.options)
	return serve(ctx, &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}, listener)
}

func serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		// A call that a scripted fault keeps hanging never ends by itself.
		return server.Close()
	}
	return nil
}

func parseFlags(arguments []string, errOut io.Writer) (settings, error) {
	var chosen settings
	var sandboxes, keys string
	flags := flag.NewFlagSet("simulator", flag.ContinueOnError)
	flags.SetOutput(errOut)
	flags.StringVar(&chosen.listen, "listen", "127.0.0.1:8787", "loopback `address` to listen on")
	flags.BoolVar(&chosen.logging, "log", false, "print a line per call")
	flags.IntVar(&chosen.pipelines, "pipelines", 0, "how many pipelines there are from the start, made by hand in the announced sandbox")
	flags.StringVar(&chosen.options.OrgID, "org-id", simulator.DefaultOrgID, "the Adobe organization")
	flags.StringVar(&chosen.options.ClientID, "client-id", simulator.DefaultClientID, "the Adobe client ID that is accepted")
	flags.StringVar(&chosen.options.ClientSecret, "client-secret", simulator.DefaultClientSecret, "its secret")
	flags.StringVar(&chosen.options.AccessToken, "access-token", "", "an Adobe access token that is accepted as it is")
	flags.StringVar(&sandboxes, "sandboxes", "prod,dev,stage", "the sandboxes, separated by commas")
	flags.StringVar(&keys, "app-api-key", "", "the Customer.io App API keys that are accepted, separated by commas")
	flags.StringVar(&chosen.options.Region, "region", simulator.RegionUS, "the Customer.io region: us or eu")
	flags.DurationVar(&chosen.options.Provisioning, "provisioning", 200*time.Millisecond, "how long a flow takes to get its inlet")
	flags.DurationVar(&chosen.options.Latency, "latency", 0, "how long every answer is on its way")
	flags.IntVar(&chosen.options.RequestsPerSecond, "requests-per-second", 10, "the Customer.io limit, -1 for none")
	if err := flags.Parse(arguments); err != nil {
		return settings{}, err
	}
	if flags.NArg() > 0 {
		return settings{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if region := chosen.options.Region; region != simulator.RegionUS && region != simulator.RegionEU {
		return settings{}, fmt.Errorf("the region must be us or eu, not %q", region)
	}
	chosen.options.Sandboxes = splitList(sandboxes)
	chosen.options.AppAPIKeys = splitList(keys)
	return chosen, nil
}

func splitList(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// requireLoopback keeps the made-up services, which know no real secret, off the network.
func requireLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("the address %q is not of the form host:port", address)
	}
	if ip := net.ParseIP(host); host == "localhost" || (ip != nil && ip.IsLoopback()) {
		return nil
	}
	return fmt.Errorf("the simulator listens on loopback only, not on %q", host)
}

// announce prints what a shell needs to point the provider at the simulator.
func announce(out io.Writer, url string, options simulator.Options) {
	_, _ = fmt.Fprintf(out, "The simulator listens on %s\n\nexport ADOBE_PLATFORM_URL='%s'\nexport ADOBE_IMS_URL='%s'\n", url, url, url)
	for _, variable := range []struct{ name, value string }{
		{"ADOBE_ORG_ID", options.OrgID},
		{"ADOBE_CLIENT_ID", options.ClientID},
		{"ADOBE_CLIENT_SECRET", options.ClientSecret},
		{"ADOBE_SANDBOX_NAME", announcedSandbox(options.Sandboxes)},
		{"CUSTOMERIO_REGION", options.Region},
		{"CUSTOMERIO_BASE_URL", url},
		{"CUSTOMERIO_APP_API_KEY", announcedKey(options)},
	} {
		_, _ = fmt.Fprintf(out, "export %s='%s'\n", variable.name, variable.value)
	}
}

func announcedSandbox(sandboxes []string) string {
	for _, name := range sandboxes {
		if name == simulator.DefaultSandbox {
			return name
		}
	}
	if len(sandboxes) == 0 {
		return simulator.DefaultSandbox
	}
	return sandboxes[0]
}

func announcedKey(options simulator.Options) string {
	switch {
	case len(options.AppAPIKeys) > 0:
		return options.AppAPIKeys[0]
	case options.Region == simulator.RegionEU:
		return simulator.DefaultEUAppAPIKey
	default:
		return simulator.DefaultAppAPIKey
	}
}
