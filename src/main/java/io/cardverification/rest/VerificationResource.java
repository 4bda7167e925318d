package io.cardverification.rest;

import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

import io.cardverification.callers.CurrentCaller;
import io.cardverification.http.Directives;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Lane;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.cardverification.verification.Verifier;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** {@code POST /v1/verifications}. Runs on the event loop. If a caller disconnects, its verification is cancelled. */
@Path("/v1/verifications")
@Authenticated
@SecurityScheme(securitySchemeName = "apiKey", type = SecuritySchemeType.HTTP, scheme = "bearer", description = "The API key that"
        + " the operator of the gateway issued to the caller.")
@SecurityRequirement(name = "apiKey")
@Tag(name = "Verifications", description = "Verifies that a bank card, a name and an ID number belong together.")
final class VerificationResource {

    private final Verifier verifier;
    private final CurrentCaller currentCaller;
    private final RestConfig config;
    private final Vertx vertx;

    VerificationResource(Verifier verifier, CurrentCaller currentCaller, RestConfig config, Vertx vertx) {
        this.verifier = verifier;
        this.currentCaller = currentCaller;
        this.config = config;
        this.vertx = vertx;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "verify", summary = "Verifies that a bank card, a name and an ID number belong together.", description = "The request waits for a permit of the rate limit, is sent once, and the response reports its charge. "
            + "A failed verification is a response with status 200, not an error.")
    @APIResponse(responseCode = "200", description = "The result of the upstream.")
    @Parameter(in = ParameterIn.HEADER, name = IdempotencyKey.HEADER, description = "A repeated request with the same key gets"
            + " the first response again, and is charged once.", example = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", schema = @Schema(type = SchemaType.STRING))
    public Uni<RestResponse<VerificationResponse>> verify(
            @HeaderParam("Priority") @Parameter(description = "RFC 9218. Urgency 0 to 3 selects the interactive lane, which has priority, and"
                    + " 4 to 7 the batch lane.", example = "u=5", schema = @Schema(type = SchemaType.STRING)) List<String> priority,
            @HeaderParam("Prefer") @Parameter(description = "RFC 7240. Maximum wait in seconds before the request is sent. The gateway"
                    + " rejects the request at once if the predicted wait is longer.", example = "wait=5", schema = @Schema(type = SchemaType.STRING)) List<String> prefer,
            @HeaderParam("Cache-Control") @Parameter(description = "RFC 9111. no-cache prevents the stored answer of an earlier request"
                    + " from being returned.", example = "no-cache", schema = @Schema(type = SchemaType.STRING)) List<String> cacheControl,
            @Context HttpServerRequest request,
            @RequestBody(required = true) @Nullable VerificationRequestBody document) {
        // The caller has disconnected after the body was read. Quarkus REST handles only later disconnects.
        if (request.response().closed()) {
            return Uni.createFrom().nothing();
        }
        var caller = currentCaller.get();
        var options = new CallOptions(lane(caller, priority), caller, RequestPreferences.maxWait(prefer).orElse(null),
                Directives.isNoCache(cacheControl),
                IdempotencyKey.read(request.headers().getAll(IdempotencyKey.HEADER), config.idempotencyKeyRequired()));
        var context = vertx.getOrCreateContext();
        return EventLoopDispatch.emitOnCaller(verifier.verify(VerificationRequestBody.request(document), options),
                task -> context.runOnContext(ignored -> task.run()))
                .map(completion -> completion.fold(VerificationResource::answer, VerificationResource::reject));
    }

    private static Lane lane(Caller caller, List<String> priority) {
        var lane = RequestPreferences.lane(priority).orElse(caller.defaultLane());
        if (!caller.lanes().contains(lane)) {
            throw ProblemType.LANE_NOT_ALLOWED.problem().toException();
        }
        return lane;
    }

    private static RestResponse<VerificationResponse> reject(VerificationFailure failure) {
        throw new VerificationException(failure);
    }

    private static RestResponse<VerificationResponse> answer(VerificationResult result) {
        var answer = ResponseBuilder.ok(VerificationResponse.of(result));
        result.metadata().reusedAfter().ifPresent(age -> answer.header("Age", age.toSeconds()));
        return answer.build();
    }
}
