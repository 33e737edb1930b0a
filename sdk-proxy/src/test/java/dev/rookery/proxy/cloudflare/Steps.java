package dev.rookery.proxy.cloudflare;

import okhttp3.OkHttpClient;

/** Ends a program when its steps are used up: before a call to Cloudflare, after one, or wherever else it takes one. */
final class Steps {

    private int left = Integer.MAX_VALUE;

    /** It goes on for ever from now on. */
    void endless() {
        left = Integer.MAX_VALUE;
    }

    /** It ends after so many from now on. */
    void only(int count) {
        left = count;
    }

    void take() {
        if (left-- <= 0) {
            throw new Killed();
        }
    }

    /** Returns a client whose calls take a step before they are sent, and one when they are answered. */
    OkHttpClient counted(OkHttpClient client) {
        return client.newBuilder()
                .addInterceptor(chain -> {
                    take();
                    var response = chain.proceed(chain.request());
                    if (left <= 0) {
                        response.close();
                    }
                    take();
                    return response;
                })
                .build();
    }
}
