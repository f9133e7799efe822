package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.data.Folders;
import alexnet.data.archive.SmallIlsvrc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The door as a user types it, on a small ILSVRC, and {@code kill -9}. */
class KilledPreparationTest {
    @TempDir
    private static Path folder;

    private static Path archives;

    @BeforeAll
    static void draw() throws IOException {
        archives = SmallIlsvrc.draw(2012, folder, 12).write(folder.resolve("archives"));
    }

    private static Object[] args(Path out, int workers, int checkpointEvery) {
        return new Object[] {
            "--source",
            "ilsvrc2012:" + archives,
            "--out",
            out,
            "--size",
            48,
            "--store",
            "jpeg",
            "--per-shard",
            80,
            "--checkpoint-every",
            checkpointEvery,
            "--workers",
            workers,
            "--allow-partial"
        };
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the exit code of a killed program is another")
    void killedTwiceThePreparationGivesTheSameBytesAndVerifies() throws Exception {
        Path whole = folder.resolve("whole");
        Typed said = Typed.prepare(args(whole, 3, 1000)).well();
        assertTrue(said.out().contains("train       120 pictures"), said::out);
        Path out = folder.resolve("out");
        Path progress = folder.resolve(".out.part/progress");
        for (int kill = 1; kill <= 2; kill++) {
            byte[] before = Files.exists(progress) ? Files.readAllBytes(progress) : new byte[0];
            Child.start(folder.resolve("log" + kill), "Prepare", args(out, kill, 8))
                    .until(() -> changed(progress, before))
                    .kill();
            assertFalse(Files.exists(out));
        }
        Typed.prepare(args(out, 2, 1000)).well();
        Folders.assertSame(whole, out);
        assertTrue(Typed.prepare("--verify", out).well().out().contains(out + " is whole: data "));
    }

    private static boolean changed(Path progress, byte[] before) {
        try {
            return Files.exists(progress) && !Arrays.equals(before, Files.readAllBytes(progress));
        } catch (IOException e) {
            return false; // it is being replaced
        }
    }

    @Test
    void verifyNamesTheDamagedPictureAndFails() throws IOException {
        Path out = folder.resolve("damaged");
        Typed.prepare(args(out, 2, 1000)).well();
        Path shard = out.resolve("val-000000.tar");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[700] ^= 1;
        Files.write(shard, bytes);
        String key = Files.readAllLines(out.resolve("val-000000.idx")).get(0).split("\t")[0];
        Typed.prepare("--verify", out)
                .failed(1, "are not as they were made", "The picture " + key + " in val-000000.tar is damaged");
        Typed.prepare("--verify", folder.resolve("nowhere")).failed(2, "No prepared data at");
    }

    @Test
    void whatCannotBeFetchedOrIsNoSourceIsRefused() {
        Typed.prepare("--source", "ilsvrc2012:" + folder, "--out", folder.resolve("x"), "--download")
                .failed(2, "Option --download was given with ilsvrc2012", "cifar10 or imagenette");
        Typed.prepare("--out", folder.resolve("x")).failed(2, "Prepare needs --source and --out");
        assertEquals(
                2,
                Typed.prepare("--source", "ilsvrc2012:" + folder.resolve("none"), "--out", folder.resolve("x"))
                        .failed(2, "ILSVRC2012_devkit_t12.tar.gz is missing")
                        .code());
    }

    @Test
    void trainingByShardIsARecipesSettingAndKeptWithTheRun() throws IOException {
        Path data = folder.resolve("shards");
        Object[] typed = {
            "--source",
            "folder:" + Small.pictures(folder.resolve("pictures"), 12),
            "--out",
            data,
            "--size",
            32,
            "--hold-out",
            0.16,
            "--per-shard",
            6
        };
        Typed.prepare(typed).well();
        assertTrue(Files.exists(data.resolve("train-000004.tar")));
        Path recipe = Small.recipe(folder);
        Typed.train(
                        "--data",
                        data,
                        "--recipe",
                        recipe,
                        "--runs",
                        folder,
                        "--run",
                        "by-shard",
                        "--epochs",
                        1,
                        "--shuffle",
                        "shard")
                .well();
        assertTrue(Files.readString(folder.resolve("by-shard/recipe.yaml")).matches("(?is).*shuffle: \"?shard.*"));
        Typed.train("--data", data, "--recipe", recipe, "--shuffle", "some").failed(2, "'some'", "See Train --help");
    }
}
