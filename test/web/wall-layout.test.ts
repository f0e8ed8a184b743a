// Which wall a screen shows, by its size in CSS px.
import { describe, expect, it } from 'vitest';
import { chooseBoard, fitCanvas } from '../../web/views/wall-layout.ts';

describe('the wall of a screen', () => {
  it.each<[number, number, string]>([
    [1920, 1080, 'wall'],
    [3840, 2160, 'wall'],
    [1366, 768, 'wall'],
    [1280, 720, 'wall'],
    [1440, 900, 'wall'],
    [2560, 1080, 'wall'],
    [3840, 1080, 'wall-wide'],
    [7680, 2160, 'wall-wide'],
    [5120, 1440, 'wall-wide'],
    // Nearer to the wide shape, but only the other can be read there.
    [1920, 720, 'wall'],
    [960, 540, 'wall-tall'],
    [1024, 768, 'wall-tall'],
    [390, 844, 'wall-tall'],
    [320, 256, 'wall-tall'],
    [1080, 1920, 'wall-tall'],
  ])('of %d x %d', (width, height, id) => {
    expect(chooseBoard({ width, height }).id).toBe(id);
  });

  it('lies in the middle of the room that is left', () => {
    const board = chooseBoard({ width: 3840, height: 1080 });
    if (board.canvas !== 'wall') throw new Error('no canvas');
    expect(fitCanvas(board, { width: 3840, height: 1080 })).toEqual({ scale: 1, left: 0, top: 0 });
    expect(fitCanvas(board, { width: 3840, height: 540 })).toEqual({ scale: 0.5, left: 960, top: 0 });
  });
});
