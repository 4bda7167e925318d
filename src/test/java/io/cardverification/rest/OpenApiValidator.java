package io.cardverification.rest;

import static io.restassured.RestAssured.given;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;

/**
 * Validates responses of the REST API against the OpenAPI document. It is stricter than a client: undocumented members are
 * errors. Threads: immutable.
 */
public final class OpenApiValidator {

    private static final String ID = "https://contract.example/openapi.json";
    private static final String RESPONSES = "/paths/~1v1~1verifications/post/responses/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The headers that the application sets. The document does not describe headers of the connection and the server. */
    private static final Pattern GATEWAY_HEADERS = Pattern
            .compile("(?i)gateway-.*|ratelimit.*|retry-after|age|allow|preference-applied"
                    + "|www-authenticate");

    private final JsonNode document;
    private final SchemaRegistry schemas;

    OpenApiValidator(String openApi) {
        try {
            document = JSON.readTree(openApi);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        document.at("/components/schemas").forEach(OpenApiValidator::close);
        schemas = SchemaRegistry.withDialect(Dialects.getOpenApi31(), builder -> builder
                .schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
                .schemas(Map.of(ID, document.toString())));
    }

    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(OpenApiValidator::close);
    }

    /** The document that the running gateway publishes. */
    public static OpenApiValidator published() {
        return Published.CONTRACT;
    }

    /** Loaded once for each tested application. */
    private static final class Published {

        static final OpenApiValidator CONTRACT = new OpenApiValidator(given()
                .auth().preemptive().oauth2("cvg_EXAMPLE_OPENS_THE_SANDBOX_AND_NOTHING_ELSE_")
                .get("/q/openapi?format=json").asString());
    }

    /** @return the differences between response and document, an empty list for a valid response */
    public List<String> breaches(int status, Map<String, String> headers, String body) {
        var promised = document.at(RESPONSES + status);
        if (promised.isMissingNode()) {
            return List.of("status " + status + " is not documented");
        }
        var breaches = new ArrayList<String>();
        var sent = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        headers(promised.path("headers"), sent, breaches);
        var type = sent.getOrDefault("Content-Type", "none").replaceFirst(";.*", "");
        if (promised.path("content").has(type)) {
            validate(RESPONSES + status + "/content/" + type.replace("/", "~1") + "/schema", tree(body), "body", breaches);
        } else {
            breaches.add("content type " + type + " is not documented for " + status);
        }
        return breaches;
    }

    private void headers(JsonNode promised, Map<String, String> sent, List<String> breaches) {
        promised.properties().forEach(header -> {
            var pointer = header.getValue().path("$ref").asText().substring(1);
            var value = sent.get(header.getKey());
            if (value != null) {
                var whole = "integer".equals(document.at(pointer + "/schema/type").asText());
                validate(pointer + "/schema", whole ? tree(value) : TextNode.valueOf(value), header.getKey(), breaches);
            } else if (document.at(pointer + "/required").asBoolean()) {
                breaches.add("header " + header.getKey() + " is missing");
            }
        });
        sent.keySet().stream().filter(GATEWAY_HEADERS.asMatchPredicate())
                .filter(name -> promised.properties().stream().noneMatch(each -> each.getKey().equalsIgnoreCase(name)))
                .forEach(name -> breaches.add("header " + name + " is not documented"));
    }

    private void validate(String pointer, JsonNode instance, String what, List<String> breaches) {
        schemas.getSchema(SchemaLocation.of(ID + "#" + pointer)).validate(instance)
                .forEach(error -> breaches.add(what + " " + error));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
