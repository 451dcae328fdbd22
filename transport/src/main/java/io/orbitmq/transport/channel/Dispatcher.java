package io.orbitmq.transport.channel;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.MissingFieldException;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.RequestHandler;
import java.util.List;

/**
 * Brings a request to its handler on its lane, and answers for the handler when there is none, when it is overloaded or
 * when it throws (protocol/01 section 7.3). One per listening port. Any event loop.
 */
public final class Dispatcher {

    /** Peers of a later release than 5.3.1 understand "go away" (protocol/01 section 9.4). */
    private static final int LAST_VERSION_WITHOUT_GO_AWAY = 475;

    private final IntObjectMap<Route> routes = new IntObjectHashMap<>();
    private final Traffic traffic;
    private final WarnLimiter warnings;
    private volatile boolean goingAway;

    /** @param lanes the pools of this server, shared by its ports */
    public Dispatcher(HandlerTable table, Lanes lanes, Services services) {
        this.traffic = services.traffic();
        this.warnings = services.warnings();
        table.entries().forEach((code, entry) -> routes.put(code, route(entry, lanes)));
    }

    private record Route(RequestHandler handler, LanePool pool) {}

    private static Route route(HandlerTable.Entry entry, Lanes lanes) {
        return new Route(entry.handler(), entry.lane().isInline() ? null : lanes.pool(entry.lane()));
    }

    /** From now on tells every peer that understands it to connect elsewhere. */
    public void goAway() {
        goingAway = true;
    }

    /** Takes one request, on the connection's event loop; the body is a view that is valid until this returns. */
    void dispatch(ChannelConnection connection, Command request, int frameBytes) {
        connection.requestBegun(frameBytes);
        if (goingAway && request.version() > LAST_VERSION_WITHOUT_GO_AWAY) {
            traffic.goAways.increment();
            refuse(new RequestExchange(connection, request, frameBytes), ResponseCode.GO_AWAY, "please go away");
            return;
        }
        Route route = routes.get(request.code());
        if (route == null) {
            traffic.unsupported.increment();
            refuse(
                    new RequestExchange(connection, request, frameBytes),
                    ResponseCode.REQUEST_CODE_NOT_SUPPORTED,
                    " request type " + request.code() + " not supported");
        } else if (route.pool() == null) {
            run(route.handler(), new RequestExchange(connection, request, frameBytes));
        } else {
            enqueue(route, connection, request, frameBytes);
        }
    }

    /** Says which frames come next, see {@link RequestHandler#expect}. */
    void expect(List<Command> commands) {
        for (int from = 0; from < commands.size(); ) {
            Command first = commands.get(from);
            int to = from + 1;
            while (to < commands.size() && isAlike(first, commands.get(to))) {
                to++;
            }
            Route route = first.isResponse() ? null : routes.get(first.code());
            if (to - from > 1 && route != null && route.pool() == null) {
                route.handler().expect(commands.subList(from, to));
            }
            from = to;
        }
    }

    private static boolean isAlike(Command one, Command other) {
        return one.code() == other.code() && one.isResponse() == other.isResponse();
    }

    private void enqueue(Route route, ChannelConnection connection, Command request, int frameBytes) {
        LanePool pool = route.pool();
        if (!pool.admit(frameBytes)) {
            traffic.overloads.increment();
            refuse(
                    new RequestExchange(connection, request, frameBytes),
                    ResponseCode.SYSTEM_BUSY,
                    "[OVERLOAD]system busy, start flow control for a while, " + pool.describeLoad());
            return;
        }
        Command kept = request.withBody(Bodies.copy(request.body()));
        RequestExchange exchange = new RequestExchange(connection, kept, frameBytes);
        pool.run(exchange, () -> run(route.handler(), exchange));
    }

    /** Runs a handler to its return, on whatever thread its lane has. Nothing it throws goes further than here. */
    private void run(RequestHandler handler, RequestExchange exchange) {
        try {
            handler.handle(exchange);
        } catch (MissingFieldException e) {
            fail(exchange, e.getMessage());
        } catch (Throwable e) {
            String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            fail(exchange, e.getClass().getSimpleName() + ": " + text, e);
        }
        if (exchange.request().isOneWay()) {
            exchange.endOneWay();
        }
    }

    private void fail(RequestExchange exchange, String text, Object... cause) {
        traffic.failures.increment();
        exchange.refuse(ResponseCode.SYSTEM_ERROR, text);
        Object[] arguments = new Object[4 + cause.length];
        arguments[0] = exchange.request().code();
        arguments[1] = exchange.connection();
        arguments[2] = traffic.failures.sum();
        arguments[3] = text;
        System.arraycopy(cause, 0, arguments, 4, cause.length);
        warnings.warn("event=request-failed code={} remote={} failures={} cause=\"{}\"", arguments);
    }

    private static void refuse(RequestExchange exchange, int code, String remark) {
        exchange.refuse(code, remark);
        if (exchange.request().isOneWay()) {
            exchange.endOneWay();
        }
    }
}
