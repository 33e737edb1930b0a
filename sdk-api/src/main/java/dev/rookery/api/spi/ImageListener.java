package dev.rookery.api.spi;

/** Hears how far the fetching of an image is. */
public interface ImageListener {

    /** Hears a line for people. */
    void line(String text);

    /**
     * Hears of a layer.
     *
     * @param layer the layer's id
     * @param step what is done with it
     * @param doneBytes how far it is
     * @param totalBytes how much there is, 0 if that is not known
     */
    default void layer(String layer, LayerStep step, long doneBytes, long totalBytes) {}

    /** What is done with a layer. */
    enum LayerStep {
        /** It is fetched. */
        PULLING,
        /** It is unpacked. */
        EXTRACTING,
        /** It is there. */
        COMPLETED
    }
}
