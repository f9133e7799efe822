package alexnet.data.scenes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG in memory; a picture of one channel stays one. */
final class JpegEncoder {
    private JpegEncoder() {}

    /**
     * @param scene the picture and its quality
     * @return the bytes of the file
     * @throws IOException if the encoder fails
     */
    static byte[] encode(SceneRenderer.Scene scene) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 15);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(scene.quality() / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(scene.image(), null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
