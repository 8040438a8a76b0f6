package prep

import (
	"encoding/json"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// readSample wants the sample as a text that is JSON: no other type is documented.
func readSample(r *web.Request) (map[string]any, error) {
	request, err := r.Object()
	if err != nil {
		return nil, err
	}
	data, sampleType := document.Text(request, "sampleData"), document.Text(request, "sampleType")
	switch {
	case sampleType != "JSON":
		return nil, web.BadRequest("The sampleType %s is not supported.", sampleType)
	case !json.Valid([]byte(data)):
		return nil, web.BadRequest("The sampleData is not JSON.")
	}
	return map[string]any{"sampleData": data, "sampleType": sampleType}, nil
}

// createSample answers 200, as Data Prep does for mapping sets.
func (s *Service) createSample(r *web.Request) (*web.Answer, error) {
	content, err := readSample(r)
	if err != nil {
		return nil, err
	}
	sample := r.Sandbox.Add(store.KindSample, newID(), nil)
	s.stamp(sample, content, 0)
	return web.OK(content)
}

// replaceSample counts the version up.
func (s *Service) replaceSample(r *web.Request, sample *store.Object) (*web.Answer, error) {
	content, err := readSample(r)
	if err != nil {
		return nil, err
	}
	version, _ := document.Number(sample.Body["version"])
	s.stamp(sample, content, int(version)+1)
	return web.OK(content)
}

func (s *Service) getSample(_ *web.Request, sample *store.Object) (*web.Answer, error) {
	return web.OK(presentSample(sample))
}

// presentSample has its dates rounded to seconds, as in the documented lookup.
func presentSample(sample *store.Object) map[string]any {
	shown := document.Clone(sample.Body)
	for _, date := range []string{"createdDate", "modifiedDate"} {
		shown[date] = roundedToSeconds(sample.Body[date])
	}
	return shown
}

func (s *Service) listSamples(r *web.Request) (*web.Answer, error) {
	return answerPage(r, store.KindSample, presentSample)
}
