package io.cardverification.rest;

import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;

/**
 * Adds {@link StoredOpenApi} to Quarkus' bean with the OpenAPI document. Runs at build time, which needs a public class.
 *
 * <p>
 * The packaged application only: in dev mode and tests, the class loader of Quarkus' beans does not see the annotation.
 */
public final class StoredOpenApiExtension implements BuildCompatibleExtension {

    @Enhancement(types = OpenApiDocumentService.class)
    public void bind(ClassConfig documentService) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            documentService.addAnnotation(StoredOpenApi.class);
        }
    }
}
