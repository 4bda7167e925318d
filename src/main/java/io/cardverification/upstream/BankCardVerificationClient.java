package io.cardverification.upstream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.smallrye.mutiny.Uni;

/** The call of the API page. Lazy: each subscription signs and sends a request, and cancelling resets it. */
@Path("/")
@RegisterRestClient(configKey = "tencentcloud")
@RegisterProvider(SigningFilter.class)
@RegisterProvider(PermitInterceptor.class)
@RegisterProvider(SigningClock.class)
interface BankCardVerificationClient {

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Uni<UpstreamResponse> verify(PermittedRequest request);
}
