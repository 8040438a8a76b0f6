package api_test

import (
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
)

func TestMain(m *testing.M) { httpscript.Main(m) }
