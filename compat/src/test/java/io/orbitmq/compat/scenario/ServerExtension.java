package io.orbitmq.compat.scenario;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.server.ServerPlan;
import io.orbitmq.compat.server.TestServer;
import io.orbitmq.compat.server.TestServers;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for a test class, and scenarios on it that close themselves after each test. */
public final class ServerExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final ServerPlan plan;
    private final Deque<Scenario> scenarios = new ArrayDeque<>();
    private TestServer server;

    private ServerExtension(ServerPlan plan) {
        this.plan = plan;
    }

    public static ServerExtension of(ServerPlan plan) {
        return new ServerExtension(plan);
    }

    public static ServerExtension standard() {
        return of(ServerPlan.standard());
    }

    public TestServer server() {
        return server;
    }

    /** A scenario played by one client version; closed after the test. */
    public Scenario scenario(ClientVersion version) {
        Scenario scenario = new Scenario(version, server);
        scenarios.push(scenario);
        return scenario;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = TestServers.start(plan);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        while (!scenarios.isEmpty()) {
            scenarios.pop().close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }
}
