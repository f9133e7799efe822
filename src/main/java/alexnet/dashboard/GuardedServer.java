package alexnet.dashboard;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.ui.VertxUIServer;

/**
 * Deeplearning4j's server, listening on one address only and behind a guard. The library's listens on every address,
 * answers whatever Host header and has no setting for either; but it makes its HTTP server through the Vertx that it is
 * handed, and is here handed one whose HTTP servers are guarded.
 */
final class GuardedServer extends VertxUIServer {
    private static final String OWN = policy("'self'");
    /** The library's pages have scripts and styles within. */
    private static final String STOCK = policy("'self' 'unsafe-inline'");

    private static final List<String> STOCK_PAGES = List.of("/train/", "/setlang/");
    private static final List<String> STOCK_HTML = List.of("/train/overview", "/train/model", "/train/system");
    private static final String HTML = "text/html; charset=utf-8";

    private final Access access;
    private final boolean stock;

    /**
     * @param access where it listens and who may ask
     * @param stock whether the library's own pages are shown; without data their scripts fail
     */
    GuardedServer(Access access, boolean stock) {
        this.access = access;
        this.stock = stock;
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(guarded(vertx), context);
    }

    @Override
    public String getAddress() {
        return access.address();
    }

    private Vertx guarded(Vertx vertx) {
        return proxy(VertxInternal.class, (self, method, args) -> {
            Object result = call(vertx, method, args);
            return method.getName().equals("createHttpServer") ? guarded((HttpServer) result) : result;
        });
    }

    private HttpServer guarded(HttpServer server) {
        return proxy(HttpServer.class, (self, method, args) -> {
            if (method.getName().equals("listen") && args.length == 2 && args[0] instanceof Integer) {
                server.listen(access.port(), access.host(), handler(args[1]));
                return self;
            }
            if (method.getName().equals("requestHandler") && args != null) {
                Handler<HttpServerRequest> next = handler(args[0]);
                server.requestHandler(request -> guard(request, next));
                return self;
            }
            Object result = call(server, method, args);
            return result == server ? self : result;
        });
    }

    private void guard(HttpServerRequest request, Handler<HttpServerRequest> next) {
        HttpServerResponse response = request.response();
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store");
        Access.Verdict verdict = access.judge(new Access.Asked(
                request.host(), // of HTTP/2, where there is no such header, the authority
                request.getHeader("Origin"),
                request.getParam("token"),
                request.getHeader("Cookie")));
        switch (verdict) {
            case FOREIGN -> refuse(response, 403, "Ask by this machine's own address, " + access.host() + ".");
            case NO_TOKEN -> refuse(response, 401, "Open the address that the program printed, with its token.");
            case WELCOME ->
                response.putHeader("Set-Cookie", access.cookie())
                        .putHeader("Location", request.path())
                        .setStatusCode(302)
                        .end();
            case PASS -> answer(request, response, next);
        }
    }

    private void answer(HttpServerRequest request, HttpServerResponse response, Handler<HttpServerRequest> next) {
        String path = request.path();
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            refuse(response, 405, "Nothing here can be changed.");
        } else if (path.equals("/") || path.equals("/train")) {
            response.putHeader("Location", path.equals("/") ? ErrorRateModule.PAGE : "/train/overview")
                    .setStatusCode(302)
                    .end();
        } else if (path.startsWith("/assets/")) {
            asset(path.substring("/assets/".length()), response);
        } else if (path.equals(ErrorRateModule.PAGE) || path.startsWith(ErrorRateModule.PAGE + "/")) {
            response.putHeader("Content-Security-Policy", OWN);
            next.handle(request);
        } else if (!stock && path.startsWith("/train/")) {
            refuse(response, 404, "This page has data only while a run trains. Begin at " + ErrorRateModule.PAGE + ".");
        } else if (STOCK_PAGES.stream().anyMatch(path::startsWith)) {
            // the library names the type of its data only
            response.putHeader("Content-Type", STOCK_HTML.contains(path) ? HTML : "text/plain; charset=utf-8")
                    .putHeader("Content-Security-Policy", STOCK);
            next.handle(request);
        } else {
            refuse(response, 404, "There is no such page. Begin at " + ErrorRateModule.PAGE + ".");
        }
    }

    private static void asset(String path, HttpServerResponse response) {
        Optional<Assets.Asset> asset = Assets.find(path);
        if (asset.isEmpty()) {
            refuse(response, 404, "There is no such file.");
            return;
        }
        response.putHeader("Content-Type", asset.get().type())
                .end(Buffer.buffer(asset.get().bytes()));
    }

    private static String policy(String code) {
        return "default-src 'none'; script-src " + code + "; style-src " + code + "; img-src 'self' data:;"
                + " font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'";
    }

    private static void refuse(HttpServerResponse response, int status, String sentence) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(sentence + "\n");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(GuardedServer.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @SuppressWarnings("unchecked") // what the library passes to listen and requestHandler
    private static <T> Handler<T> handler(Object argument) {
        return (Handler<T>) argument;
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
