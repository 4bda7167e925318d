package io.cardverification.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Verifier;
import io.smallrye.mutiny.Uni;

/** {@code POST /v1/verifications}. Runs on the event loop; a caller that disconnects cancels its verification. */
@Path("/v1/verifications")
@Tag(name = "Verifications")
final class VerificationResource {

    private final Verifier verifier;

    VerificationResource(Verifier verifier) {
        this.verifier = verifier;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "verify", summary = "Do this bank card, this name and this ID number belong together?", description = "Waits for its turn behind the upstream's limit, asks once, and says what that cost. "
            + "A verification that fails is an answer (200), not an error.")
    @APIResponse(responseCode = "200", description = "The upstream decided, or said why it did not.")
    public Uni<VerificationAnswer> verify(@RequestBody(required = true) @Nullable VerificationDocument document) {
        return verifier.verify(VerificationDocument.request(document)).map(VerificationAnswer::of);
    }
}
