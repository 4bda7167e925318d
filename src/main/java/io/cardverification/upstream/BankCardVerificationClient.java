package io.cardverification.upstream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.smallrye.mutiny.Uni;

/** The API page's one call. Lazy: each subscription signs and sends anew, and cancelling it resets the request. */
@Path("/")
@RegisterRestClient(configKey = "tencentcloud")
@RegisterProvider(SigningFilter.class)
@RegisterProvider(DepartureStamp.class)
@RegisterProvider(UpstreamClock.class)
interface BankCardVerificationClient {

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Uni<WireAnswer> verify(PacedQuestion question);
}
