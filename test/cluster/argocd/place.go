package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
)

// Placed are Applications and AppProjects, and the repository that the Applications read.
type Placed struct {
	// The folder that holds the repository, whatever its address is.
	Repository   string
	Projects     []v1alpha1.AppProject
	Applications []v1alpha1.Application
	// The kinds whose objects belong to no namespace.
	ClusterScoped []string
}

// Place is what an Application takes, and what its project keeps it from.
type Place struct {
	// The objects that it reads, in their order.
	Objects []map[string]any `json:"objects"`
	// What its project does not allow.
	Refused []string `json:"refused"`
}

func place(question Placed) ([]Place, error) {
	projects := map[string]v1alpha1.AppProject{}
	for _, project := range question.Projects {
		projects[project.Name] = project
	}
	places := []Place{}
	for _, app := range question.Applications {
		project, isThere := projects[app.Spec.Project]
		if !isThere {
			return nil, fmt.Errorf("Application %s is of project %q, which is not there", app.Name, app.Spec.Project)
		}
		found := Place{Objects: []map[string]any{}, Refused: []string{}}
		for _, source := range app.Spec.GetSources() {
			if !project.IsSourcePermitted(source) {
				found.Refused = append(found.Refused, "source "+source.RepoURL)
			}
			// A Helm chart stands elsewhere.
			if source.Chart != "" {
				continue
			}
			objects, err := objectsOf(&app, source, question.Repository)
			if err != nil {
				return nil, fmt.Errorf("Application %s: %w", app.Name, err)
			}
			found.Objects = append(found.Objects, objects...)
		}
		refused, err := refusedBy(&project, &app, found.Objects, question.ClusterScoped)
		if err != nil {
			return nil, err
		}
		found.Refused = append(found.Refused, refused...)
		places = append(places, found)
	}
	return places, nil
}

// The objects of a source, as the repository server of Argo CD makes them.
func objectsOf(app *v1alpha1.Application, source v1alpha1.ApplicationSource, root string) ([]map[string]any, error) {
	made, err := repository.GenerateManifests(
		context.Background(), filepath.Join(root, source.Path), root, "HEAD",
		&apiclient.ManifestRequest{
			Repo: &v1alpha1.Repository{Repo: source.RepoURL}, ApplicationSource: &source, AppName: app.Name,
			Namespace: app.Spec.Destination.Namespace,
		},
		true, git.NoopCredsStore{}, resource.MustParse("0"), utilio.NewRandomizedTempPaths(root),
	)
	if err != nil {
		return nil, err
	}
	objects := []map[string]any{}
	for _, text := range made.Manifests {
		var object map[string]any
		if err := json.Unmarshal([]byte(text), &object); err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}

// What a project does not allow of where an Application brings objects, and of the objects.
func refusedBy(
	project *v1alpha1.AppProject, app *v1alpha1.Application, objects []map[string]any, clusterScoped []string,
) ([]string, error) {
	refused := []string{}
	to := app.Spec.Destination
	cluster := &v1alpha1.Cluster{Server: to.Server, Name: to.Name}
	none := func(string) ([]*v1alpha1.Cluster, error) { return nil, nil }
	isPermitted, err := project.IsDestinationPermitted(cluster, to.Namespace, none)
	if err != nil {
		return nil, err
	}
	if !isPermitted {
		refused = append(refused, "destination "+to.Namespace)
	}
	for _, object := range objects {
		one := &unstructured.Unstructured{Object: object}
		namespace := one.GetNamespace()
		if slices.Contains(clusterScoped, one.GetKind()) {
			namespace = ""
		} else if namespace == "" {
			namespace = to.Namespace
		}
		isPermitted, err := project.IsResourcePermitted(one.GroupVersionKind().GroupKind(), namespace, cluster, none)
		if err != nil {
			return nil, err
		}
		if !isPermitted {
			refused = append(refused, fmt.Sprintf("%s %s/%s", one.GetKind(), namespace, one.GetName()))
		}
	}
	return refused, nil
}
