package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

import org.eclipse.microprofile.config.ConfigProvider;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The management port of the gateway under test. */
public final class Operations {

    private Operations() {
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

    /** Asks until it is so, and gives up after ten seconds. */
    static void awaitPacer(String name, ToIntFunction<JsonPath> figure, int value) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (figure.applyAsInt(pacer()) != value && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(figure.applyAsInt(pacer())).as(name).isEqualTo(value);
    }

    /** Free ones are known only when it listens; of what was packaged, it is said before. */
    public static int port() {
        var listening = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return listening > 0 ? listening : ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
    }
}
