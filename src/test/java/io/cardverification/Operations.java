package io.cardverification;

import org.eclipse.microprofile.config.ConfigProvider;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The management port of the gateway under test. */
public final class Operations {

    private Operations() {
    }

    public static RequestSpecification given() {
        return RestAssured.given().port(port());
    }

    public static Response get(String path) {
        return given().get(path);
    }

    /** Free ones are known only when it listens; of what was packaged, it is said before. */
    public static int port() {
        var listening = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return listening > 0 ? listening : ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
    }
}
