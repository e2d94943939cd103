//! How much of speech can be understood: the short-time objective intelligibility measure (Taal, Hendriks, Heusdens, Jensen:
//! An Algorithm for Intelligibility Prediction of Time–Frequency Weighted Noisy Speech, 2011). 1 is all of it.

use std::f64::consts::PI;

const FRAME: usize = 256;
const HOP: usize = 128;
const FFT: usize = 512;
const RATE: f64 = 10_000.0;
const BANDS: usize = 15;
const LOWEST: f64 = 150.0;
const SEGMENT: usize = 30;
/// Frames so far below the loudest say nothing (dB).
const RANGE: f64 = 40.0;
/// The lower bound of the signal-to-distortion ratio (dB).
const BETA: f64 = -15.0;

/// Both at 48 kHz, and in step.
pub fn stoi(clean: &[f32], heard: &[f32]) -> f64 {
    let length = clean.len().min(heard.len());
    let (clean, heard) = spoken(&resampled(&clean[..length]), &resampled(&heard[..length]));
    let (clean, heard) = (bands(&clean), bands(&heard));
    let clip = 1.0 + 10.0_f64.powf(-BETA / 20.0);
    let (mut sum, mut count) = (0.0, 0);
    for end in SEGMENT..=clean.len() {
        for band in 0..BANDS {
            let x: Vec<f64> = clean[end - SEGMENT..end].iter().map(|frame| frame[band]).collect();
            let y: Vec<f64> = heard[end - SEGMENT..end].iter().map(|frame| frame[band]).collect();
            let scale = norm(&x) / norm(&y).max(1e-12);
            let y: Vec<f64> = y.iter().zip(&x).map(|(y, x)| (y * scale).min(x * clip)).collect();
            sum += correlation(&x, &y);
            count += 1;
        }
    }
    sum / f64::from(count)
}

/// From 48 kHz to 10 kHz, by a windowed sinc.
fn resampled(sound: &[f32]) -> Vec<f64> {
    const HALF: i64 = 120;
    let (step, cut) = (4.8, 0.95 / 4.8);
    let out = (sound.len() as f64 / step) as usize;
    let sample = |at: usize| {
        let middle = at as f64 * step;
        let first = middle as i64 - HALF;
        let taps = (first..first + 2 * HALF).filter(|tap| (0..sound.len() as i64).contains(tap));
        taps.map(|tap| {
            let away = tap as f64 - middle;
            let sinc = if away == 0.0 { cut } else { (PI * cut * away).sin() / (PI * away) };
            let window = 0.5 + 0.5 * (PI * away / HALF as f64).cos();
            f64::from(sound[tap as usize]) * sinc * window
        })
        .sum()
    };
    (0..out).map(sample).collect()
}

/// Without the frames in which the clean one is silent.
fn spoken(clean: &[f64], heard: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let starts: Vec<_> = (0..clean.len().saturating_sub(FRAME)).step_by(HOP).collect();
    let windowed = |sound: &[f64], start: usize| -> Vec<f64> {
        sound[start..start + FRAME].iter().enumerate().map(|(at, sample)| sample * hann(at)).collect()
    };
    let energy = |start: usize| 20.0 * (norm(&windowed(clean, start)) + 1e-12).log10();
    let loudest = starts.iter().map(|start| energy(*start)).fold(f64::NEG_INFINITY, f64::max);
    let kept: Vec<_> = starts.into_iter().filter(|start| energy(*start) > loudest - RANGE).collect();
    let joined = |sound: &[f64]| {
        let mut out = vec![0.0; kept.len() * HOP + FRAME];
        for (at, start) in kept.iter().enumerate() {
            let frame = windowed(sound, *start);
            frame.iter().enumerate().for_each(|(place, sample)| out[at * HOP + place] += sample);
        }
        out
    };
    (joined(clean), joined(heard))
}

/// Third-octave bands, frame by frame.
fn bands(sound: &[f64]) -> Vec<[f64; BANDS]> {
    let edges: Vec<_> = (0..BANDS)
        .map(|band| {
            let middle = LOWEST * 2.0_f64.powf(band as f64 / 3.0);
            let bin = |hz: f64| (hz / RATE * FFT as f64).round() as usize;
            bin(middle / 2.0_f64.powf(1.0 / 6.0))..bin(middle * 2.0_f64.powf(1.0 / 6.0))
        })
        .collect();
    let starts = (0..sound.len().saturating_sub(FRAME)).step_by(HOP);
    let frame = |start: usize| {
        let mut real = vec![0.0; FFT];
        (0..FRAME).for_each(|at| real[at] = sound[start + at] * hann(at));
        let power = power(real);
        std::array::from_fn(|band| edges[band].clone().map(|bin| power[bin]).sum::<f64>().sqrt())
    };
    starts.map(frame).collect()
}

fn hann(at: usize) -> f64 {
    0.5 - 0.5 * (2.0 * PI * (at as f64 + 1.0) / (FRAME as f64 + 1.0)).cos()
}

/// The power in each of the lower bins.
fn power(mut real: Vec<f64>) -> Vec<f64> {
    let count = real.len();
    let mut imaginary = vec![0.0; count];
    let bits = count.trailing_zeros();
    for at in 0..count {
        let other = at.reverse_bits() >> (usize::BITS - bits);
        if other > at {
            real.swap(at, other);
        }
    }
    let mut size = 2;
    while size <= count {
        for start in (0..count).step_by(size) {
            for at in 0..size / 2 {
                let angle = -2.0 * PI * at as f64 / size as f64;
                let (low, high) = (start + at, start + at + size / 2);
                let turned = (
                    real[high] * angle.cos() - imaginary[high] * angle.sin(),
                    real[high] * angle.sin() + imaginary[high] * angle.cos(),
                );
                (real[high], imaginary[high]) = (real[low] - turned.0, imaginary[low] - turned.1);
                (real[low], imaginary[low]) = (real[low] + turned.0, imaginary[low] + turned.1);
            }
        }
        size *= 2;
    }
    (0..=count / 2).map(|bin| real[bin] * real[bin] + imaginary[bin] * imaginary[bin]).collect()
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>().sqrt()
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (from_x, from_y) = (mean(x), mean(y));
    let x: Vec<_> = x.iter().map(|value| value - from_x).collect();
    let y: Vec<_> = y.iter().map(|value| value - from_y).collect();
    let product: f64 = x.iter().zip(&y).map(|(x, y)| x * y).sum();
    product / (norm(&x) * norm(&y)).max(1e-12)
}
