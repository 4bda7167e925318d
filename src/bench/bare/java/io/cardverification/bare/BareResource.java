package io.cardverification.bare;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.smallrye.mutiny.Uni;

/** The same question and answer as the gateway's, and nothing between them. */
@Path("/v1/verifications")
public class BareResource {

    public record Question(String bankCard, String name, String idCard) {
    }

    public record Answer(String result, String description, String requestId) {
    }

    private final BareClient client;

    BareResource(@RestClient BareClient client) {
        this.client = client;
    }

    @POST
    public Uni<Answer> verify(Question question) {
        return client.verify(new BareClient.Request(question.bankCard(), question.name(), question.idCard()))
                .map(BareClient.Envelope::response)
                .map(response -> new Answer(response.result(), response.description(), response.requestId()));
    }
}
