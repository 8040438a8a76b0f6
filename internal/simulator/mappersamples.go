package simulator

import (
	"encoding/json"
	"net/http"
)

// KindSample is sample data of Data Prep, from which schemas of its own are made.
const KindSample = "sample"

func (s *Simulator) routesSamples(mux *http.ServeMux) {
	samples := dataPrepBase + "/samples"
	mux.HandleFunc("GET "+samples, s.platform(s.listSamples))
	mux.HandleFunc("POST "+samples, s.platform(s.createSample))
	mux.HandleFunc("GET "+samples+"/{id}", s.platform(withMapperObject(KindSample, s.getSample)))
	mux.HandleFunc("PUT "+samples+"/{id}", s.platform(withMapperObject(KindSample, s.replaceSample)))
}

func withMapperObject(kind string, handler func(http.ResponseWriter, *http.Request, *object)) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		id := r.PathValue("id")
		found := sb.find(kind, id)
		if found == nil {
			writeProblem(w, placeholderProblem(http.StatusNotFound, "The "+kind+" "+id+" is not found."))
			return
		}
		handler(w, r, found)
	}
}

// readSample wants the sample as a text that is JSON: no other type is documented.
func readSample(r *http.Request) (map[string]any, *problem) {
	request, refusal := decodeObject(r)
	if refusal != nil {
		return nil, refusal
	}
	data, sampleType := stringMember(request, "sampleData"), stringMember(request, "sampleType")
	switch {
	case sampleType != "JSON":
		return nil, placeholderProblem(http.StatusBadRequest, "The sampleType "+sampleType+" is not supported.")
	case !json.Valid([]byte(data)):
		return nil, placeholderProblem(http.StatusBadRequest, "The sampleData is not JSON.")
	}
	return map[string]any{"sampleData": data, "sampleType": sampleType}, nil
}

// createSample answers 200, as Data Prep does for mapping sets.
func (s *Simulator) createSample(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	content, refusal := readSample(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	sample := sb.add(KindSample, newMappingID(), nil, s.now())
	s.fillSample(sample, content, 0)
	writeJSON(w, http.StatusOK, sample.body)
}

// replaceSample counts the version up.
func (s *Simulator) replaceSample(w http.ResponseWriter, r *http.Request, sample *object) {
	content, refusal := readSample(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	version, _ := sample.body["version"].(int)
	s.fillSample(sample, content, version+1)
	writeJSON(w, http.StatusOK, sample.body)
}

func (s *Simulator) fillSample(sample *object, content map[string]any, version int) {
	content["id"], content["version"] = sample.id, version
	content["createdDate"], content["modifiedDate"] = sample.created.UnixMilli(), s.now().UnixMilli()
	content["createdBy"], content["modifiedBy"] = s.technicalAccount(), s.technicalAccount()
	sample.body = content
}

func (s *Simulator) getSample(w http.ResponseWriter, _ *http.Request, sample *object) {
	writeJSON(w, http.StatusOK, presentSample(sample))
}

// presentSample has its dates rounded to seconds, as in the documented look-up.
func presentSample(sample *object) any {
	shown := cloneJSON(sample.body)
	for _, date := range []string{"createdDate", "modifiedDate"} {
		shown[date] = roundedToSeconds(sample.body[date])
	}
	return shown
}

func (s *Simulator) listSamples(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	page, refusal := mapperPageOf(r.URL.Query(), "/samples", sb.all(KindSample))
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	page.write(w, len(page.objects), presentSample)
}
