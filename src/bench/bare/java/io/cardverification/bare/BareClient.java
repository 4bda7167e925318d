package io.cardverification.bare;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.smallrye.mutiny.Uni;

/** The upstream, without a signature. */
@Path("/")
@RegisterRestClient(configKey = "upstream")
public interface BareClient {

    record Request(@JsonProperty("BankCard") String bankCard, @JsonProperty("Name") String name,
            @JsonProperty("IdCard") String idCard) {
    }

    record Envelope(@JsonProperty("Response") Response response) {
    }

    record Response(@JsonProperty("Result") String result, @JsonProperty("Description") String description,
            @JsonProperty("RequestId") String requestId) {
    }

    @POST
    Uni<Envelope> verify(Request request);
}
