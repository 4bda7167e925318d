package io.cardverification.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.ToIntFunction;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The management port of the gateway under test. */
public final class ManagementClient {

    private ManagementClient() {
    }

    public static RequestSpecification given() {
        return RestAssured.given().baseUri("http://localhost").port(port());
    }

    public static Response get(String path) {
        return given().get(path);
    }

    /** The pacer's figures. */
    public static JsonPath pacer() {
        return get("/q/pacing").then().statusCode(200).contentType(ContentType.JSON).extract().jsonPath();
    }

    public static void awaitPacer(String figure, int value) {
        awaitPacer(figure, now -> now.getInt(figure), value);
    }

    /** Repeats the request until the figure has the value, for a minute at most. */
    public static void awaitPacer(String name, ToIntFunction<JsonPath> figure, int value) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).pollInSameThread().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(
                        figure.applyAsInt(pacer())).as(name).isEqualTo(value));
    }

    /** Free ones are known only when it listens; of what was packaged, it is said before. */
    public static int port() {
        var listening = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return listening > 0 ? listening : ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
    }
}
