package advice

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"regexp"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const checkAddress = "Check {address}, and the proxy if there is one."

// anyService is for the answers of any service that the other tables do not explain.
var anyService = Table{
	Title: "Answers without a code",
	Rows: []Row{
		{Answer: "`401`", When: status(http.StatusUnauthorized), Meaning: "Adobe does not accept the credentials.",
			Advice: "Check `adobe.client_id` and `adobe.client_secret`, or obtain a new `adobe.access_token`."},
		{Answer: "`400`, \"HTTP request to an HTTPS server\"", When: refused(isPlainToTLS),
			Meaning: "The server at this address speaks HTTPS only.", Advice: "Begin {address} with `https://`."},
		{Answer: "`407`", When: status(http.StatusProxyAuthRequired), Meaning: "A proxy requires credentials.",
			Advice: "Add them to its URL in the environment variable `HTTPS_PROXY`."},
		{Answer: "`404` that the service did not write", When: refused(func(answer *transport.Error) bool { return answer.IsForeign() && answer.Status == http.StatusNotFound }),
			Meaning: "A gateway or proxy answered instead of {service}. Whether the {object} exists is unknown, and the state stays as it is.",
			Advice:  checkAddress},
		{Answer: "`429`", When: status(http.StatusTooManyRequests), Meaning: "{service} limits the rate of calls, and others may share the limit.",
			Advice: "Lower {rate}, then try again later."},
		{Answer: "another `4xx` with a web page", When: refused((*transport.Error).IsForeign),
			Meaning: "A gateway or proxy answered instead of {service}.", Advice: checkAddress},
		{Answer: "a redirect", When: refused(isRedirect), Meaning: "The call was redirected to {host}, and the provider does not follow redirects.",
			Advice: checkAddress},
		{Answer: "`409`, `412`", When: status(http.StatusConflict, http.StatusPreconditionFailed), Meaning: "Another change of the {object} is in progress.",
			Advice: "Wait until it has finished, then try again."},
		{Answer: "`5xx` with a web page", When: refused(func(answer *transport.Error) bool { return answer.Status >= 500 && answer.Foreign }),
			Meaning: "A gateway or proxy answered instead of {service}, which may be down.",
			Advice:  "Try again later. If it persists, check {address}, then contact {vendor} support{evidence}."},
		{Answer: "`5xx`", When: refused(func(answer *transport.Error) bool { return answer.Status >= 500 }), Meaning: "{service} failed.",
			Advice: "Try again later. If it persists, contact {vendor} support{evidence}."},
		{Answer: "`403`", When: status(http.StatusForbidden), Meaning: "{service} denies access.", Advice: checkAddress},
		{Answer: "another `4xx`, on a read", When: is[*transport.Error], Verb: "read", Meaning: "The configuration cannot cause this.",
			Advice: "If it happens again, report it as a bug in this provider{evidence}."},
		{Answer: "another `4xx`, on a delete", When: is[*transport.Error], Verb: "delete", Meaning: "{service} refuses to delete the {object}.",
			Advice: "If something else still uses it, delete that first. To remove the {object} from Terraform only, use `terraform state rm`."},
		{Answer: "another `4xx` without a message", When: refused(func(answer *transport.Error) bool { return answer.Message == "" }),
			Meaning: "{service} gives no reason.",
			Advice:  "Check the IDs and values in the configuration of the {object}. If they are right, report it as a bug in this provider{evidence}."},
		{Answer: "another `4xx`", When: is[*transport.Error], Meaning: "{service} does not accept the request.",
			Advice: "Correct what the message names in the configuration of the {object}. If it names nothing, or what it names is right, report it " +
				"as a bug in this provider{evidence}."},
	},
}

// plainToTLS is what the servers of Go, nginx and Apache answer to HTTP on a port for HTTPS.
var plainToTLS = regexp.MustCompile(`(?i)http request.* https (server|port)|plain http to an ssl`)

func isPlainToTLS(answer *transport.Error) bool {
	return answer.Status == http.StatusBadRequest && plainToTLS.MatchString(answer.Message)
}

// isGone recognizes the answer that an object does not exist.
func isGone(answer *transport.Error) bool { return transport.IsNotFound(answer) }

// unclear is for calls that may have been carried out, and for changes by others. It is asked first: what is to be done depends on that
// and not on the answer that caused it.
var unclear = Table{
	Title: "Unknown outcomes and conflicts",
	Rows: []Row{
		{Answer: "a change by someone else", When: is[*objects.ConflictError],
			Fields:  map[string]string{"name": "name", "description": "description", "mappingId": "mapping_set_id", "mappingVersion": "mapping_version", "version": "mappings"},
			Meaning: "Someone else changed it after this plan was made, and the provider left that change as it is.",
			Advice: "Plan again: the plan shows both values, and applying it overwrites theirs. If two configurations manage the same {object}, remove it " +
				"from one of them."},
		{Answer: "several objects after a create", When: is[*objects.SeveralError],
			Meaning: "One of them may be the {object} of this configuration, but the service does not tell which one.",
			Advice: "Delete those that nobody uses, and apply again. To keep one, run `terraform state rm` and `terraform import`. Until then, the " +
				"provider does not create another {object}."},
		{Answer: "a canceled run", When: func(err error) bool { return errors.Is(err, context.Canceled) }, Meaning: "The operation was canceled.",
			Advice: "The next plan shows what is left to do."},
		{Answer: "a create of a dataset with an unknown outcome", When: is[*objects.UnknownError], Object: dataset,
			Meaning: "It is not known whether the dataset was created.",
			Advice: "Apply again when {service} answers: the provider then looks for the dataset. If `deletion_protection` is true, an error says how to " +
				"import what it finds; otherwise it deletes that and creates the dataset once. Do not create it by hand in the meantime."},
		{Answer: "a create with an unknown outcome", When: is[*objects.UnknownError], Meaning: "It is not known whether the {object} was created.",
			Advice: "Apply again when {service} answers: the provider then looks for the {object}, deletes it if it exists, and creates it once. Do not " +
				"create it by hand in the meantime."},
		{Answer: "another change with an unknown outcome", When: transport.IsAmbiguous, Meaning: "It is not known whether {service} carried out the call.",
			Advice: "Plan again when {service} answers: the plan shows what is left to do."},
	},
}

// unanswered is for calls without a usable answer.
var unanswered = Table{
	Title: "No answer, and answers that cannot be used",
	Rows: []Row{
		{Answer: "a dataflow that failed, on a create", When: is[*flowservice.FailedError], Verb: "provision",
			Meaning: "The dataflow exists, but Flow Service could not finish it.",
			Advice:  "Correct the cause, then apply again: Terraform replaces the dataflow."},
		{Answer: "a dataflow that failed", When: is[*flowservice.FailedError], Meaning: "Flow Service could not finish the change.",
			Advice: "Look at the dataflow in the Experience Platform UI, and correct the cause."},
		{Answer: "the end of a timeout, on a create", When: timedOut, Verb: "provision", Meaning: "The dataflow exists, but was not ready in time.",
			Advice: "Apply again: Terraform replaces the dataflow. If Flow Service needs longer, raise `timeouts.create`."},
		{Answer: "the end of a timeout", When: timedOut, Meaning: "The operation took longer than its timeout.",
			Advice: "Run Terraform again to continue. If the service needs longer, raise the `timeouts` of the resource."},
		{Answer: "a certificate that is not trusted", When: is[*tls.CertificateVerificationError],
			Meaning: "The certificate of {service}, or of a proxy that opens the connection, is not trusted. Nothing was sent.",
			Advice: "Add the CA certificate to those of the system, or name it in the environment variable `SSL_CERT_FILE`. If there is no such " +
				"proxy, check {address}."},
		{Answer: "a TLS handshake that fails", When: is[*transport.HandshakeError],
			Meaning: "There is no TLS connection to {service}: something else may be at its address. Nothing was sent.",
			Advice: "Check host and port in {address}. If there is a proxy, check the environment variable `HTTPS_PROXY`: the proxy's own URL " +
				"usually begins with `http://`."},
		{Answer: "an access token with a control character", When: headerHolds("Authorization"),
			Meaning: "The access token has a character in it that cannot be sent. Nothing was sent.",
			Advice:  "Check `adobe.ims_url`, which the token comes from, and the proxy if there is one."},
		{Answer: "another invalid header", When: is[*transport.HeaderError],
			Meaning: "{service} answered with a value that cannot be sent back to it. Nothing was sent.", Advice: checkAddress},
		{Answer: "`407` of a proxy for a connection", When: proxyAnswered(http.StatusProxyAuthRequired), Meaning: "The proxy requires credentials. Nothing was sent.",
			Advice: "Add them to its URL in the environment variable `HTTPS_PROXY`."},
		{Answer: "a proxy that refuses a connection", When: is[*transport.ProxyError], Meaning: "The proxy does not connect to {service}. Nothing was sent.",
			Advice: "Allow the address in the proxy, or check the environment variables `HTTPS_PROXY` and `NO_PROXY`, and {address}."},
		{Answer: "no answer", When: is[*transport.UnansweredError], Meaning: "{service} could not be reached.",
			Advice: "Check the network, the proxy and {address}, then try again."},
		{Answer: "a web page or broken JSON", When: is[*transport.UnreadableError],
			Meaning: "A proxy or a login page may have answered instead of {service}.", Advice: checkAddress},
	},
}

// headerHolds recognizes what cannot be sent in a header. Only the token can be wrong among credentials: settings are checked before.
func headerHolds(name string) func(error) bool {
	return func(err error) bool {
		var invalid *transport.HeaderError
		return errors.As(err, &invalid) && invalid.Name == name
	}
}

func proxyAnswered(status int) func(error) bool {
	return func(err error) bool {
		var refused *transport.ProxyError
		return errors.As(err, &refused) && refused.Status == status
	}
}

func timedOut(err error) bool { return errors.Is(err, context.DeadlineExceeded) }
